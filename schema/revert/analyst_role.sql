-- Revert taster:analyst_role from pg
-- The role stays where another database of the server still uses it.

BEGIN;

REVOKE USAGE ON SCHEMA pub FROM taster_analyst;
DROP SCHEMA analysis;

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM taster_analyst',
                   current_database());
    DROP ROLE taster_analyst;
EXCEPTION WHEN dependent_objects_still_exist THEN
    RAISE NOTICE 'role taster_analyst is still used elsewhere';
END
$$;

COMMIT;
