-- Verify taster:analyst_role on pg

BEGIN;

DO $$
BEGIN
    ASSERT EXISTS (
        SELECT FROM pg_roles
        WHERE rolname = 'taster_analyst' AND rolcanlogin AND NOT rolsuper
        AND rolconfig @> ARRAY['default_transaction_read_only=on',
                               'statement_timeout=60s',
                               'temp_file_limit=1GB']),
        'taster_analyst is missing or lacks its limits';
    ASSERT NOT has_schema_privilege('taster_analyst', 'taster', 'USAGE'),
        'taster_analyst reaches tables';
    ASSERT has_schema_privilege('taster_analyst', 'analysis', 'USAGE'),
        'taster_analyst does not reach analysis';
END
$$;

ROLLBACK;
