-- Revert taster:analysis from pg

BEGIN;

DO $$
DECLARE
    moved name;
BEGIN
    FOREACH moved IN ARRAY ARRAY['vantage', 'measurement', 'response',
        'stream', 'trace', 'set_verdict', 'verdict', 'finding',
        'verdict_history', 'control_answer', 'cell', 'forged_pool',
        'forged_address', 'learned_pools', 'forged_addresses', 'victims']
    LOOP
        EXECUTE format('ALTER VIEW analysis.%I SET SCHEMA pub', moved);
        EXECUTE format('REVOKE ALL ON pub.%I FROM taster_analyst', moved);
        EXECUTE format('GRANT SELECT ON pub.%I TO taster_reader', moved);
    END LOOP;
    IF to_regclass('sqitch.changes') IS NOT NULL THEN
        REVOKE SELECT ON sqitch.changes FROM taster_analyst;
        REVOKE USAGE ON SCHEMA sqitch FROM taster_analyst;
    END IF;
END
$$;

REVOKE SELECT ON pub.vocabulary, pub.injector, pub.injector_fingerprint,
    pub.listed_answer, pub.public_resolver FROM taster_analyst;

COMMIT;
