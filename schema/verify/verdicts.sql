-- Verify taster:verdicts on pg

BEGIN;

SELECT ruleset_id, version, first_time
FROM taster.ruleset WHERE false;

SELECT vantage_id, batch_day, batch_id, set_ordinal, qname, class, mechanism,
    injector_id, ruleset_id, is_open, judge_time
FROM taster.set_verdict WHERE false;

SELECT vantage_id, batch_day, batch_id, ordinal, reply, class, mechanism,
    injector_id, ruleset_id
FROM taster.verdict WHERE false;

SELECT vantage_id, batch_day, batch_id, ordinal, reply, rule_id, subject,
    reason
FROM taster.finding WHERE false;

DO $$
BEGIN
    ASSERT has_table_privilege('taster_judge', 'taster.verdict', 'DELETE'),
        'taster_judge cannot judge again';
    ASSERT NOT has_table_privilege('taster_ingest', 'taster.verdict',
                                   'UPDATE, DELETE, TRUNCATE'),
        'taster_ingest rewrites verdicts';
    ASSERT to_regclass('taster.verdict_not_consistent') IS NOT NULL
        AND to_regclass('taster.set_verdict_open') IS NOT NULL,
        'an index is missing';
END
$$;

ROLLBACK;
