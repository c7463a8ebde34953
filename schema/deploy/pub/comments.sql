-- Comments on the views of pub; included by deploy/pub.sql. A column that is
-- passed through unchanged takes the comment of its table.

DO $$
DECLARE
    note record;
BEGIN
    FOR note IN
        SELECT view.relname AS view_name, seen.attname AS column_name,
            col_description(source.attrelid, source.attnum) AS meaning
        FROM pg_class AS view
        JOIN pg_attribute AS seen
            ON seen.attrelid = view.oid AND seen.attnum > 0
        JOIN pg_attribute AS source
            ON source.attrelid = to_regclass('taster.' || view.relname)
            AND source.attname = seen.attname
        WHERE view.relnamespace = 'pub'::regnamespace
    LOOP
        EXECUTE format('COMMENT ON COLUMN pub.%I.%I IS %L', note.view_name,
                       note.column_name, note.meaning);
    END LOOP;
    FOR note IN
        SELECT view.relname AS view_name, name AS column_name, meaning
        FROM (VALUES
            ('country', 'ISO 3166-1 alpha-2 code of the network''s country.'),
            ('asn', 'Autonomous system of the network; 0: not known.'),
            ('class', 'consistent, insufficient, ambiguous, filtered, '
                'likely_poisoned, poisoned, down or blocked; vocabulary '
                'class.'),
            ('mechanism', 'How it is poisoned; vocabulary mechanism.'),
            ('injector_id', 'Row of injector; NULL: not attributed.'),
            ('ruleset', 'Version of the rules and reference data that '
                'judged.'),
            ('qtype', 'Query type, such as AAAA; TYPE and a number for rare '
                'ones (RFC 3597).'),
            ('rcode', 'Response code, such as NXDOMAIN.')
        ) AS common (name, meaning)
        JOIN pg_attribute AS seen ON seen.attname = name
        JOIN pg_class AS view ON view.oid = seen.attrelid
        WHERE view.relnamespace = 'pub'::regnamespace AND view.relkind = 'v'
        AND view.relname NOT LIKE 'injector%'
    LOOP
        EXECUTE format('COMMENT ON COLUMN pub.%I.%I IS %L', note.view_name,
                       note.column_name, note.meaning);
    END LOOP;
END
$$;

COMMENT ON VIEW pub.vocabulary IS
    'The words that the other views use, and what they mean.';
COMMENT ON COLUMN pub.vocabulary.code IS
    'The number behind the word; never renumbered.';

COMMENT ON VIEW pub.vantage IS
    'Vantage points: one probe in one network each. No keys, no addresses.';
COMMENT ON COLUMN pub.vantage.enroll_day IS
    'UTC day on which it was admitted.';
COMMENT ON COLUMN pub.vantage.is_admitted IS
    'False once its key was revoked.';

COMMENT ON VIEW pub.measurement IS
    'One question asked once from one vantage point. Key: vantage_id, '
    'batch_day, batch_id, ordinal. Filter on batch_day.';

COMMENT ON VIEW pub.response IS
    'One datagram or stream message that arrived for a measurement. Key: '
    'vantage_id, batch_day, batch_id, ordinal, reply. Filter on batch_day.';

COMMENT ON VIEW pub.set_verdict IS
    'The verdict on one question set: a target with its twins. Key: '
    'vantage_id, batch_day, batch_id, set_ordinal. Filter on batch_day.';

COMMENT ON VIEW pub.verdict IS
    'The verdict on one measurement (reply 0) or one of its replies (from '
    '1). Key: vantage_id, batch_day, batch_id, ordinal, reply. Filter on '
    'batch_day.';

COMMENT ON VIEW pub.finding IS
    'One rule that fired on one reply; rules that did not fire leave no '
    'row. Filter on batch_day.';

COMMENT ON VIEW pub.cell IS
    'Domain, network and day: how many question sets had which verdict, and '
    'how many distinct probes stand behind them. Key: qname, country, asn, '
    'batch_day. No row: nobody asked.';
COMMENT ON COLUMN pub.cell.qname IS 'The target''s name.';
COMMENT ON COLUMN pub.cell.batch_day IS 'UTC day of measuring.';
COMMENT ON COLUMN pub.cell.set_count IS 'Question sets of all classes.';
COMMENT ON COLUMN pub.cell.vantage_count IS 'Distinct probes that asked.';
COMMENT ON COLUMN pub.cell.consistent_count IS 'Sets judged consistent.';
COMMENT ON COLUMN pub.cell.insufficient_count IS 'Sets judged insufficient.';
COMMENT ON COLUMN pub.cell.ambiguous_count IS 'Sets judged ambiguous.';
COMMENT ON COLUMN pub.cell.filtered_count IS
    'Sets judged filtered, by an operator''s or subscriber''s own filter.';
COMMENT ON COLUMN pub.cell.likely_poisoned_count IS
    'Sets judged likely_poisoned.';
COMMENT ON COLUMN pub.cell.poisoned_count IS 'Sets judged poisoned.';
COMMENT ON COLUMN pub.cell.down_count IS 'Sets judged down.';
COMMENT ON COLUMN pub.cell.blocked_count IS 'Sets judged blocked.';
COMMENT ON COLUMN pub.cell.poisoned_vantage_count IS
    'Distinct probes with a set judged poisoned or likely_poisoned.';
COMMENT ON COLUMN pub.cell.mechanisms IS
    'Mechanisms that were named, sorted; empty if none.';
COMMENT ON COLUMN pub.cell.injectors IS
    'Injectors that were named, sorted; empty if none.';

COMMENT ON VIEW pub.control_answer IS
    'What control probes in free networks saw for a name: one row for each '
    'distinct answer and control vantage point.';
COMMENT ON VIEW pub.injector IS 'Machines known to forge DNS replies.';
COMMENT ON VIEW pub.injector_fingerprint IS
    'How an injector''s replies look; NULL: not compared.';
COMMENT ON VIEW pub.forged_pool IS
    'Sets of addresses that injectors answer with.';
COMMENT ON VIEW pub.forged_address IS
    'The addresses of forged pools. Their owners are victims.';
