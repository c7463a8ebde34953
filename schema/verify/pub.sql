-- Verify taster:pub on pg

BEGIN;

-- As a reader, so that a view that needs more than its grant shows.
SET LOCAL ROLE taster_reader;

SELECT qname, country, asn, batch_day, set_count, vantage_count,
    poisoned_vantage_count, mechanisms, injectors
FROM pub.cell WHERE false;
SELECT vantage_id, batch_day, batch_id, ordinal, outcome
FROM pub.measurement WHERE false;
SELECT vantage_id, batch_day, batch_id, ordinal, reply, message
FROM pub.response WHERE false;
SELECT class, mechanism, injector_id, ruleset FROM pub.set_verdict WHERE false;
SELECT class, mechanism, injector_id, ruleset FROM pub.verdict WHERE false;
SELECT rule_id, subject, reason FROM pub.finding WHERE false;
SELECT qname, qtype, kind, address FROM pub.control_answer WHERE false;
SELECT kind, code, word, meaning FROM pub.vocabulary WHERE false;
SELECT vantage_id, role, country, asn FROM pub.vantage WHERE false;
SELECT injector_id, name FROM pub.injector WHERE false;
SELECT injector_id, since, until FROM pub.injector_fingerprint WHERE false;
SELECT pool_id, family FROM pub.forged_pool WHERE false;
SELECT pool_id, position, address FROM pub.forged_address WHERE false;

RESET ROLE;

DO $$
BEGIN
    ASSERT NOT EXISTS (
        SELECT FROM pg_class
        WHERE relnamespace = 'pub'::regnamespace
        AND (relkind <> 'v' OR relowner <> 'taster_owner'::regrole)),
        'pub holds something that is not the owner''s view';
    ASSERT NOT EXISTS (
        SELECT FROM pg_attribute
        WHERE attrelid = 'pub.vantage'::regclass AND attname = 'key'),
        'pub shows keys';
END
$$;

ROLLBACK;
