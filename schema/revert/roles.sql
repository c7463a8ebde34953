-- Revert taster:roles from pg
-- Roles stay where another database of the server still uses them, and keep
-- there what they were granted (DROP OWNED would take that as well).

BEGIN;

DROP EXTENSION pg_partman;
DROP SCHEMA partman, pub, taster;
GRANT EXECUTE ON FUNCTION pg_catalog.lo_creat(integer),
    pg_catalog.lo_create(oid), pg_catalog.lo_from_bytea(oid, bytea)
    TO PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE taster_owner
    GRANT EXECUTE ON FUNCTIONS TO PUBLIC;

DO $$
DECLARE
    role_name text;
BEGIN
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO PUBLIC',
                   current_database());
    FOREACH role_name IN ARRAY ARRAY['taster_reader', 'taster_enroll',
        'taster_judge', 'taster_ingest', 'taster_owner']
    LOOP
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM %I',
                       current_database(), role_name);
        BEGIN
            EXECUTE format('DROP ROLE %I', role_name);
        EXCEPTION WHEN dependent_objects_still_exist THEN
            RAISE NOTICE 'role % is still used elsewhere', role_name;
        END;
    END LOOP;
END
$$;

COMMIT;
