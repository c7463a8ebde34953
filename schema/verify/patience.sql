-- Verify taster:patience on pg

BEGIN;

DO $$
BEGIN
    ASSERT (SELECT count(*) FROM pg_proc
            WHERE pronamespace = 'taster'::regnamespace
            AND proconfig @> ARRAY['lock_timeout=10min']) = 3,
        'who rolls up does not wait';
END
$$;

ROLLBACK;
