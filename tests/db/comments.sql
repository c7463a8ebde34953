-- The data dictionary is made from the catalog: nothing may lack its comment.

BEGIN;

SELECT plan(4);

SELECT is_empty(
    $$ SELECT pg_class.oid::regclass
       FROM pg_class
       WHERE relnamespace IN ('taster'::regnamespace, 'pub'::regnamespace,
                              'analysis'::regnamespace)
       AND relkind IN ('r', 'p', 'v') AND NOT relispartition
       AND obj_description(oid, 'pg_class') IS NULL $$,
    'every table and view has a comment');

SELECT is_empty(
    $$ SELECT attrelid::regclass, attname
       FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
       WHERE relnamespace IN ('taster'::regnamespace, 'pub'::regnamespace,
                              'analysis'::regnamespace)
       AND relkind IN ('r', 'p', 'v') AND NOT relispartition
       AND attnum > 0 AND NOT attisdropped
       AND coalesce(col_description(attrelid, attnum), '') = '' $$,
    'every column has a comment');

SELECT is_empty(
    $$ SELECT oid::regprocedure FROM pg_proc
       WHERE pronamespace = 'taster'::regnamespace
       AND obj_description(oid, 'pg_proc') IS NULL $$,
    'every function has a comment');

SELECT is_empty(
    $$ SELECT nspname FROM pg_namespace
       WHERE nspname IN ('taster', 'pub', 'analysis')
       AND obj_description(oid, 'pg_namespace') IS NULL $$,
    'every schema has a comment');

SELECT finish();
ROLLBACK;
