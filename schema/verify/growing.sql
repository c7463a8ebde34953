-- Verify taster:growing on pg

BEGIN;

DO $$
BEGIN
    ASSERT NOT has_function_privilege('taster_ingest',
        'taster.make_days(name)', 'EXECUTE'), 'anybody may make tables grow';
END
$$;

ROLLBACK;
