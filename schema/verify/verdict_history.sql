-- Verify taster:verdict_history on pg

BEGIN;

SELECT vantage_id, batch_day, batch_id, set_ordinal, qname, class, mechanism,
    injector_id, ruleset_id, judge_time, replace_time
FROM taster.verdict_history WHERE false;

DO $$
BEGIN
    ASSERT NOT has_any_column_privilege(
        'taster_judge', 'taster.verdict_history', 'UPDATE'),
        'taster_judge rewrites history';
    ASSERT NOT has_table_privilege('taster_judge', 'taster.verdict_history',
                                   'DELETE'),
        'taster_judge takes history away';
END
$$;

SET LOCAL search_path = analysis, pub;
SELECT qname, class, mechanism, injector_id, ruleset, replace_time
FROM verdict_history WHERE false;

ROLLBACK;
