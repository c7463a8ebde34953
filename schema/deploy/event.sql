-- Deploy taster:event to pg
-- Finds what changed, in published rows alone.

BEGIN;

SET LOCAL ROLE taster_owner;
SET LOCAL check_function_bodies = off;

-- The same event found again has the same id.
CREATE FUNCTION taster.event_id(kind text, day date, about text) RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT kind || '-' || to_char(day, 'YYYYMMDD') || '-'
        || left(md5(about), 12)
$$;

\ir roll_up/onset.sql
\ir roll_up/injector_event.sql

-- Events from `since` on become what the published rows say; older ones stay,
-- and so do failures of controls. Returns how many rows changed.
CREATE FUNCTION taster.detect_events(since date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET jit = off
SET work_mem = '64MB'
SET lock_timeout = '10min'
SET enable_nestloop = off
AS $$
DECLARE
    changed bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('taster.roll_up'));
    WITH fresh AS MATERIALIZED (
        SELECT event_id, day, kind, domain, country, asn, injector_id,
            address, control, before, after, probes, confidence, witness,
            summary
        FROM taster.onsets(since)
        UNION ALL
        SELECT event_id, day, kind, domain, country, asn, injector_id,
            address, control, before, after, probes, confidence, witness,
            summary
        FROM taster.pool_changes(since)
        UNION ALL
        SELECT event_id, day, kind, domain, country, asn, injector_id,
            address, control, before, after, probes, confidence, witness,
            summary
        FROM taster.injector_changes(since)
        UNION ALL
        SELECT event_id, day, kind, domain, country, asn, injector_id,
            address, control, before, after, probes, confidence, witness,
            summary
        FROM taster.new_victims(since)
        UNION ALL
        SELECT event_id, day, kind, domain, country, asn, injector_id,
            address, control, before, after, probes, confidence, witness,
            summary
        FROM taster.control_failures()
    ), gone AS (
        DELETE FROM taster.event AS old
        WHERE old.day >= since AND old.kind <> 'control_failure'
        AND NOT EXISTS (SELECT FROM fresh
                        WHERE fresh.event_id = old.event_id)
        RETURNING 1
    ), come AS (
        INSERT INTO taster.event AS old (event_id, day, kind, domain, country,
            asn, injector_id, address, control, before, after, probes,
            confidence, witness, summary)
        SELECT event_id, day, kind, domain, country, asn, injector_id,
            address, control, before, after, probes, confidence, witness,
            summary
        FROM fresh
        ON CONFLICT (event_id) DO UPDATE
        SET injector_id = excluded.injector_id, before = excluded.before,
            after = excluded.after, probes = excluded.probes,
            confidence = excluded.confidence, witness = excluded.witness,
            summary = excluded.summary
        WHERE (old.injector_id, old.before, old.after, old.probes,
               old.confidence, old.witness, old.summary)
            IS DISTINCT FROM (excluded.injector_id, excluded.before,
               excluded.after, excluded.probes, excluded.confidence,
               excluded.witness, excluded.summary)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM come)
    INTO changed;
    RETURN changed;
END
$$;

COMMENT ON FUNCTION taster.event_id(text, date, text) IS
    'Permanent id of an event.';
COMMENT ON FUNCTION taster.detect_events(date) IS
    'Makes the events from that day on what the published rows say; returns '
    'how many changed. The same however often it is called.';

GRANT EXECUTE ON FUNCTION taster.detect_events(date) TO taster_judge;

COMMIT;
