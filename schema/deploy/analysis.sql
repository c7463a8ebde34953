-- Deploy taster:analysis to pg
-- What shows single vantage points, or is counted over evidence without regard
-- to how many stand behind it, is no longer anybody's to read.

BEGIN;

-- As for the other roles: programs check that the schema is theirs.
DO $$
BEGIN
    IF to_regclass('sqitch.changes') IS NOT NULL THEN
        GRANT USAGE ON SCHEMA sqitch TO taster_analyst;
        GRANT SELECT ON sqitch.changes TO taster_analyst;
    END IF;
END
$$;

SET LOCAL ROLE taster_owner;

DO $$
DECLARE
    moved name;
BEGIN
    FOREACH moved IN ARRAY ARRAY['vantage', 'measurement', 'response',
        'stream', 'trace', 'set_verdict', 'verdict', 'finding',
        'verdict_history', 'control_answer', 'cell', 'forged_pool',
        'forged_address', 'learned_pools', 'forged_addresses', 'victims']
    LOOP
        EXECUTE format('ALTER VIEW pub.%I SET SCHEMA analysis', moved);
        EXECUTE format('REVOKE ALL ON analysis.%I FROM taster_reader', moved);
        EXECUTE format('GRANT SELECT ON analysis.%I TO taster_analyst', moved);
    END LOOP;
END
$$;

GRANT SELECT ON pub.vocabulary, pub.injector, pub.injector_fingerprint,
    pub.listed_answer, pub.public_resolver TO taster_analyst;

COMMIT;
