-- Every role x every verb x every table, against role_matrix.csv:
-- S(elect), I(nsert), U(pdate), D(elete), T(runcate), R(eferences), t(rigger);
-- columns in parentheses where not the whole table is meant.

BEGIN;

SELECT plan(15);

CREATE TEMPORARY TABLE matrix (
    relation text, public text, taster_ingest text, taster_judge text,
    taster_enroll text, taster_reader text, taster_analyst text
);
\copy matrix FROM 'tests/db/role_matrix.csv' WITH (FORMAT csv, HEADER match)

CREATE TEMPORARY VIEW role AS
SELECT name FROM (VALUES ('public'), ('taster_ingest'), ('taster_judge'),
    ('taster_enroll'), ('taster_reader'), ('taster_analyst')) AS listed (name);

CREATE TEMPORARY VIEW relation AS
SELECT oid, oid::regclass::text AS name
FROM pg_class
WHERE relnamespace IN ('taster'::regnamespace, 'pub'::regnamespace,
                       'analysis'::regnamespace)
AND relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT relispartition;

-- A verb on the whole relation, else on the columns that have it.
CREATE TEMPORARY VIEW held AS
SELECT relation.name AS relation, role.name AS role, verb.letter, verb.rank,
    CASE
        WHEN has_table_privilege(role.name, relation.oid, verb.name) THEN ''
        WHEN verb.of_column THEN (
            SELECT string_agg(attname, ' ' ORDER BY attname)
            FROM pg_attribute
            WHERE attrelid = relation.oid AND attnum > 0 AND NOT attisdropped
            AND has_column_privilege(role.name, relation.oid, attnum,
                                     verb.name))
    END AS columns
FROM relation
CROSS JOIN role
CROSS JOIN (VALUES
    (1, 'S', 'SELECT', true), (2, 'I', 'INSERT', true),
    (3, 'U', 'UPDATE', true), (4, 'D', 'DELETE', false),
    (5, 'T', 'TRUNCATE', false), (6, 'R', 'REFERENCES', true),
    (7, 't', 'TRIGGER', false)) AS verb (rank, letter, name, of_column);

SELECT set_eq(
    $$ SELECT relation, role, coalesce(string_agg(
           letter || CASE columns WHEN '' THEN ''
                     ELSE '(' || columns || ')' END, ' ' ORDER BY rank)
           FILTER (WHERE columns IS NOT NULL), '-')
       FROM held GROUP BY relation, role $$,
    $$ SELECT relation, role, granted FROM matrix
       CROSS JOIN LATERAL (VALUES ('public', public),
           ('taster_ingest', taster_ingest), ('taster_judge', taster_judge),
           ('taster_enroll', taster_enroll), ('taster_reader', taster_reader),
           ('taster_analyst', taster_analyst)
       ) AS cell (role, granted) $$,
    'every role may on every table what the matrix says');

SELECT is_empty(
    $$ SELECT relation, role FROM held
       WHERE role <> 'public' AND letter IN ('T', 'R', 't')
       AND columns IS NOT NULL $$,
    'no role truncates, references or hooks a trigger');

SELECT is_empty(
    $$ SELECT child.oid::regclass, role.name
       FROM pg_class AS child CROSS JOIN role
       WHERE child.relispartition AND child.relkind = 'r'
       AND (has_any_column_privilege(role.name, child.oid,
                                     'SELECT, INSERT, UPDATE, REFERENCES')
            OR has_table_privilege(role.name, child.oid,
                                   'DELETE, TRUNCATE, TRIGGER')) $$,
    'no partition has a door of its own');

SELECT is_empty(
    $$ SELECT pg_class.oid::regclass FROM pg_class
       WHERE relnamespace IN ('taster'::regnamespace, 'pub'::regnamespace,
                              'analysis'::regnamespace)
       AND relowner <> 'taster_owner'::regrole $$,
    'taster_owner owns everything');

SELECT set_eq(
    $$ SELECT role.name, routine.oid::regprocedure::text
       FROM pg_proc AS routine CROSS JOIN role
       WHERE pronamespace IN ('taster'::regnamespace, 'pub'::regnamespace,
                              'analysis'::regnamespace,
                              'partman'::regnamespace)
       AND has_function_privilege(role.name, routine.oid, 'EXECUTE') $$,
    $$ VALUES ('taster_ingest', 'taster.maintain()'),
              ('taster_ingest', 'taster.maintain_as_owner()'),
              ('taster_judge', 'taster.set_floor(integer)'),
              ('taster_judge', 'taster.roll_up(date)'),
              ('taster_judge', 'taster.sum_up()'),
              ('taster_judge', 'taster.roll_up_due(integer)'),
              ('taster_judge', 'taster.detect_events(date)') $$,
    'upkeep and rolling up are the only functions, and the collector''s');

SELECT set_eq(
    $$ SELECT role.name, nspname FROM pg_namespace CROSS JOIN role
       WHERE nspname IN ('taster', 'pub', 'analysis', 'partman', 'public',
                         'sqitch')
       AND has_schema_privilege(role.name, pg_namespace.oid, 'USAGE') $$,
    $$ VALUES ('taster_ingest', 'taster'), ('taster_judge', 'taster'),
              ('taster_enroll', 'taster'), ('taster_reader', 'pub'),
              ('taster_ingest', 'sqitch'), ('taster_judge', 'sqitch'),
              ('taster_enroll', 'sqitch'), ('taster_reader', 'sqitch'),
              ('taster_analyst', 'sqitch'), ('taster_analyst', 'pub'),
              ('taster_analyst', 'analysis') $$,
    'every role sees only its schemas');

SELECT is_empty(
    $$ SELECT role.name, nspname FROM pg_namespace CROSS JOIN role
       WHERE has_schema_privilege(role.name, pg_namespace.oid, 'CREATE') $$,
    'no role makes objects');

SELECT is_empty(
    $$ SELECT role.name FROM role
       WHERE has_database_privilege(role.name, current_database(),
                                    'CREATE, TEMPORARY') $$,
    'no role makes schemas or temporary tables');

SELECT is_empty(
    $$ SELECT rolname FROM pg_roles WHERE rolname ~ '^taster_'
       AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication
            OR rolbypassrls) $$,
    'no role has a special attribute');

SELECT is_empty(
    $$ SELECT roleid::regrole, member::regrole FROM pg_auth_members
       WHERE member IN (SELECT oid FROM pg_roles WHERE rolname ~ '^taster_')
    $$, 'no role is a member of another');

SELECT set_eq(
    $$ SELECT rolname::text FROM pg_roles
       WHERE rolname ~ '^taster_' AND rolcanlogin $$,
    ARRAY['taster_ingest', 'taster_judge', 'taster_enroll', 'taster_reader',
          'taster_analyst'],
    'everyone but the owner may log in');

SELECT set_eq(
    $$ SELECT unnest(rolconfig) FROM pg_roles
       WHERE rolname = 'taster_reader' $$,
    ARRAY['TimeZone=UTC', 'jit=off', 'lock_timeout=2s',
          'idle_in_transaction_session_timeout=60s',
          'default_transaction_read_only=on', 'statement_timeout=10s',
          'temp_file_limit=1GB', 'search_path=pub'],
    'a reader has limits');

SELECT set_eq(
    $$ SELECT unnest(rolconfig) FROM pg_roles
       WHERE rolname = 'taster_analyst' $$,
    ARRAY['TimeZone=UTC', 'jit=off', 'lock_timeout=2s',
          'idle_in_transaction_session_timeout=60s',
          'default_transaction_read_only=on', 'statement_timeout=60s',
          'temp_file_limit=1GB', 'search_path=analysis, pub'],
    'an analyst has limits');

SELECT is(
    (SELECT rolconnlimit FROM pg_roles WHERE rolname = 'taster_reader'), 20,
    'readers cannot take every connection');

SELECT throws_ok(
    $$ DO $do$ BEGIN
           SET LOCAL ROLE taster_ingest;
           UPDATE taster.control_answer SET address = '192.0.2.1';
       END $do$ $$, '42501', NULL,
    'taster_ingest does not change what a control saw');

SELECT finish();
ROLLBACK;
