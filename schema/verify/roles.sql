-- Verify taster:roles on pg

BEGIN;

DO $$
BEGIN
    ASSERT (SELECT count(*) FROM pg_roles
            WHERE rolname IN ('taster_ingest', 'taster_judge',
                              'taster_enroll', 'taster_reader')
            AND rolcanlogin AND NOT rolsuper AND NOT rolcreaterole
            AND NOT rolcreatedb AND NOT rolbypassrls) = 4,
        'a role is missing or may too much';
    ASSERT (SELECT NOT rolcanlogin FROM pg_roles
            WHERE rolname = 'taster_owner'), 'taster_owner may log in';
    ASSERT (SELECT rolconfig @> ARRAY['default_transaction_read_only=on',
                                      'statement_timeout=10s',
                                      'temp_file_limit=1GB']
            FROM pg_roles WHERE rolname = 'taster_reader'),
        'taster_reader lacks its limits';
    ASSERT NOT has_schema_privilege('taster_reader', 'taster', 'USAGE'),
        'taster_reader reaches past pub';
    ASSERT has_schema_privilege('taster_reader', 'pub', 'USAGE'),
        'taster_reader does not reach pub';
    ASSERT NOT has_database_privilege('taster_reader', current_database(),
                                      'TEMPORARY'),
        'taster_reader may make tables';
    ASSERT (SELECT extversion >= '4.7' FROM pg_extension
            WHERE extname = 'pg_partman'), 'pg_partman is missing';
END
$$;

ROLLBACK;
