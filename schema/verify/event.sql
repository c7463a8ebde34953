-- Verify taster:event on pg

BEGIN;

SELECT event_id, kind FROM taster.onsets('2026-01-01') WHERE false;
SELECT event_id, kind FROM taster.pool_changes('2026-01-01') WHERE false;
SELECT event_id, kind FROM taster.injector_changes('2026-01-01') WHERE false;
SELECT event_id, kind FROM taster.new_victims('2026-01-01') WHERE false;
SELECT event_id, kind FROM taster.control_failures() WHERE false;

DO $$
BEGIN
    ASSERT has_function_privilege('taster_judge',
                                  'taster.detect_events(date)', 'EXECUTE'),
        'nobody looks for events';
    ASSERT (SELECT count(*) FROM pg_proc
            WHERE pronamespace = 'taster'::regnamespace
            AND proconfig @> ARRAY['lock_timeout=10min']) = 3,
        'who rolls up does not wait';
END
$$;

ROLLBACK;
