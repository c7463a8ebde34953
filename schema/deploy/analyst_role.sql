-- Deploy taster:analyst_role to pg
-- The operator's own people read evidence, in a schema of their own. Like
-- change roles, this file takes what is there already: a superuser may run it
-- alone, in advance, and then a member of taster_owner can deploy it.

BEGIN;

DO $$
DECLARE
    wanted record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'taster_analyst') THEN
        CREATE ROLE taster_analyst LOGIN CONNECTION LIMIT 10;
    END IF;
    FOR wanted IN
        SELECT name, value
        FROM (VALUES
            ('TimeZone', 'UTC'),
            ('jit', 'off'),
            ('lock_timeout', '2s'),
            ('idle_in_transaction_session_timeout', '60s'),
            ('default_transaction_read_only', 'on'),
            ('statement_timeout', '60s'),
            ('temp_file_limit', '1GB'),
            ('search_path', 'analysis, pub')
        ) AS setting (name, value)
    LOOP
        CONTINUE WHEN EXISTS (
            SELECT FROM pg_roles
            WHERE rolname = 'taster_analyst'
            AND rolconfig @> ARRAY[wanted.name || '=' || wanted.value]);
        -- A list of schemas is no single string.
        EXECUTE format('ALTER ROLE taster_analyst SET %I = %s', wanted.name,
            CASE wanted.name WHEN 'search_path' THEN wanted.value
                ELSE quote_literal(wanted.value) END);
    END LOOP;
END
$$;

DO $$
BEGIN
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
       AND to_regnamespace('analysis') IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO taster_analyst',
                   current_database());
    CREATE SCHEMA IF NOT EXISTS analysis AUTHORIZATION taster_owner;
END
$$;

SET LOCAL ROLE taster_owner;

COMMENT ON SCHEMA analysis IS
    'Evidence, verdicts and what was learned, in words: for the operator''s '
    'own people, since it tells vantage points apart. The rest read pub.';
GRANT USAGE ON SCHEMA analysis, pub TO taster_analyst;

COMMIT;
