-- Deploy taster:roles to pg
-- Who may do what, and where. Roles belong to the whole server, so this file
-- takes what is there already: a superuser may run it alone, in advance, and
-- then a member of taster_owner without further rights can deploy the rest.

BEGIN;

DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT name, attributes
        FROM (VALUES
            -- Owns every object. Nobody logs in as it: migrations connect as
            -- one of its members and SET ROLE.
            ('taster_owner', 'NOLOGIN'),
            -- Writes the ledger, evidence and first verdicts.
            ('taster_ingest', 'LOGIN'),
            -- Judges again: rewrites verdicts and rollups, never evidence.
            ('taster_judge', 'LOGIN'),
            -- Admits and revokes vantage points.
            ('taster_enroll', 'LOGIN'),
            -- Researchers and pages: schema pub only.
            ('taster_reader', 'LOGIN CONNECTION LIMIT 20')
        ) AS role (name, attributes)
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
            EXECUTE format('CREATE ROLE %I %s', wanted.name,
                           wanted.attributes);
        END IF;
    END LOOP;
END
$$;

-- What a session of each role starts with. temp_file_limit is for superusers
-- to set: a reader cannot lift it, while the timeouts are only defaults.
DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT role.name, setting.name AS setting, setting.value
        FROM (VALUES
            ('taster_(ingest|judge|enroll|reader)', 'TimeZone', 'UTC'),
            ('taster_(ingest|judge|enroll|reader)', 'jit', 'off'),
            ('taster_(ingest|judge|enroll|reader)', 'lock_timeout', '2s'),
            ('taster_(ingest|judge|enroll|reader)',
             'idle_in_transaction_session_timeout', '60s'),
            ('taster_reader', 'default_transaction_read_only', 'on'),
            ('taster_reader', 'statement_timeout', '10s'),
            ('taster_reader', 'temp_file_limit', '1GB'),
            ('taster_reader', 'search_path', 'pub')
        ) AS setting (roles, name, value)
        JOIN (VALUES ('taster_ingest'), ('taster_judge'), ('taster_enroll'),
                     ('taster_reader')) AS role (name)
            ON role.name ~ ('^' || setting.roles || '$')
    LOOP
        IF NOT EXISTS (
            SELECT FROM pg_roles
            WHERE rolname = wanted.name
            AND rolconfig @> ARRAY[wanted.setting || '=' || wanted.value])
        THEN
            EXECUTE format('ALTER ROLE %I SET %I = %L', wanted.name,
                           wanted.setting, wanted.value);
        END IF;
    END LOOP;
END
$$;

-- The database is Taster's alone: nothing in it is open to every role.
DO $$
BEGIN
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
       AND to_regnamespace('taster') IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC',
                   current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO taster_owner, '
                   'taster_ingest, taster_judge, taster_enroll, '
                   'taster_reader', current_database());
    -- For loading seeds.
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO taster_owner',
                   current_database());
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    -- A large object would let a reader fill the disk.
    REVOKE EXECUTE ON FUNCTION pg_catalog.lo_creat(integer),
        pg_catalog.lo_create(oid), pg_catalog.lo_from_bytea(oid, bytea)
        FROM PUBLIC;
    CREATE SCHEMA IF NOT EXISTS taster AUTHORIZATION taster_owner;
    CREATE SCHEMA IF NOT EXISTS pub AUTHORIZATION taster_owner;
    CREATE SCHEMA IF NOT EXISTS partman AUTHORIZATION taster_owner;
    CREATE EXTENSION IF NOT EXISTS pg_partman SCHEMA partman;
    GRANT SELECT, INSERT, UPDATE, DELETE
        ON ALL TABLES IN SCHEMA partman TO taster_owner;
    REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA partman FROM PUBLIC;
    REVOKE EXECUTE ON ALL PROCEDURES IN SCHEMA partman FROM PUBLIC;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA partman TO taster_owner;
END
$$;

SET LOCAL ROLE taster_owner;

COMMENT ON SCHEMA taster IS
    'Evidence, verdicts and catalogues. Not a contract: researchers read pub.';
COMMENT ON SCHEMA pub IS
    'The public surface: commented views, the same from version to version.';
GRANT USAGE ON SCHEMA taster TO taster_ingest, taster_judge, taster_enroll;
GRANT USAGE ON SCHEMA pub TO taster_reader;
-- A function that is made later is nobody's to call until it is granted.
ALTER DEFAULT PRIVILEGES FOR ROLE taster_owner
    REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

COMMIT;
