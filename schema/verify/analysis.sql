-- Verify taster:analysis on pg

BEGIN;

-- As an analyst, so that a view that needs more than its grant shows.
SET LOCAL ROLE taster_analyst;

SELECT vantage_id, batch_day, batch_id, ordinal, outcome
FROM analysis.measurement WHERE false;
SELECT vantage_id, batch_day, batch_id, ordinal, reply, message
FROM analysis.response WHERE false;
SELECT qname, country, asn, batch_day, vantage_count
FROM analysis.cell WHERE false;
SELECT class, mechanism FROM analysis.set_verdict WHERE false;
SELECT class, has_say FROM analysis.verdict WHERE false;
SELECT rule_id FROM analysis.finding WHERE false;
SELECT class, replace_time FROM analysis.verdict_history WHERE false;
SELECT phase, redirect_host FROM analysis.stream WHERE false;
SELECT hop_low, hop_high FROM analysis.trace WHERE false;
SELECT qname, kind, port FROM analysis.control_answer WHERE false;
SELECT vantage_id, role FROM analysis.vantage WHERE false;
SELECT pool_id FROM analysis.forged_pool WHERE false;
SELECT pool_id, address FROM analysis.forged_address WHERE false;
SELECT pool, is_revoked FROM analysis.learned_pools WHERE false;
SELECT address, pool FROM analysis.forged_addresses WHERE false;
SELECT address, served FROM analysis.victims WHERE false;
SELECT kind, code FROM pub.vocabulary WHERE false;

RESET ROLE;

DO $$
BEGIN
    ASSERT NOT has_schema_privilege('taster_reader', 'analysis', 'USAGE'),
        'taster_reader reads evidence';
    ASSERT NOT EXISTS (
        SELECT FROM pg_attribute
        WHERE attrelid = 'analysis.vantage'::regclass AND attname = 'key'),
        'analysis shows keys';
END
$$;

ROLLBACK;
