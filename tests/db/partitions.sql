-- A day for every row that the ledger lets in, and none by accident.

BEGIN;

SELECT plan(17);
SET LOCAL timezone = 'UTC';

CREATE TEMPORARY VIEW day AS
SELECT inhparent::regclass::text AS parent, child.oid AS partition,
    to_date(right(child.relname, 10), 'YYYY_MM_DD') AS day,
    pg_get_expr(child.relpartbound, child.oid) AS bound
FROM pg_inherits
JOIN pg_class AS child ON child.oid = inhrelid
JOIN pg_class AS parent ON parent.oid = inhparent
WHERE parent.relkind = 'p' AND parent.relnamespace = 'taster'::regnamespace;

CREATE FUNCTION pg_temp.ledger_row(batch_day date) RETURNS text
LANGUAGE sql AS $$
    SELECT format('INSERT INTO taster.batch (vantage_id, batch_day, batch_id,
        payload_hash, receive_time, measurement_count, refused_count,
        software, target_list) VALUES (1, %L, gen_random_uuid(), sha256(''''),
        now(), 1, 0, ''taster-probe/0'', '''')', batch_day)
$$;

SELECT is_empty(
    $$ SELECT name, step FROM (SELECT DISTINCT parent AS name FROM day) AS p
       CROSS JOIN generate_series(-92, 4) AS step
       LEFT JOIN day ON parent = name AND day = current_date + step
       WHERE day IS NULL $$,
    'every table has every day from 92 days back to 4 ahead');
SELECT is_empty(
    $$ SELECT partition::regclass FROM day
       WHERE bound <> format('FOR VALUES FROM (%L) TO (%L)', day, day + 1) $$,
    'a partition holds the day that it is named for');
SELECT is_empty(
    'SELECT partrelid::regclass FROM pg_partitioned_table
     WHERE partdefid <> 0', 'there is no default partition');

SELECT lives_ok(pg_temp.ledger_row(current_date - 90), '90 days back');
SELECT lives_ok(pg_temp.ledger_row(current_date + 2), '2 days ahead');
SELECT throws_ok(pg_temp.ledger_row(current_date - 93), '23514', NULL,
    'a row for a day without partition fails loudly');
SELECT throws_ok(pg_temp.ledger_row(current_date + 5), '23514', NULL,
    'a row too far ahead fails loudly');

SELECT is(taster.maintain(), 0, 'nothing to make');
SELECT isnt(to_regclass('taster.batch' || to_char(current_date - 90,
    '"_p"YYYY_MM_DD"_brin"')), NULL, 'an old day with rows has BRIN now');
SELECT is(to_regclass('taster.batch' || to_char(current_date - 89,
    '"_p"YYYY_MM_DD"_brin"')), NULL, 'an old day without rows needs none');

SELECT is_empty(
    $$ SELECT partition::regclass FROM day
       WHERE day BETWEEN current_date - 1 AND current_date + 4
       AND parent <> 'taster.vantage_cell' AND NOT EXISTS (
           SELECT FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
           JOIN pg_am ON pg_am.oid = relam
           WHERE indrelid = partition AND amname = 'brin') $$,
    'the days that rows come for have BRIN');

-- A collector that was away for three days.
DO $$
DECLARE
    late regclass;
BEGIN
    FOR late IN SELECT partition FROM day WHERE day > current_date + 1 LOOP
        EXECUTE format('DROP TABLE %s', late);
    END LOOP;
END
$$;
SELECT throws_ok(pg_temp.ledger_row(current_date + 2), '23514', NULL,
    'days are missing');
SET LOCAL ROLE taster_ingest;
SELECT taster.maintain() AS made \gset
RESET ROLE;
SELECT is(current_setting('search_path'), 'tap,pg_catalog',
    'the session finds what it found before');
SELECT is(:made, 11, 'every table had days made');
SELECT lives_ok(pg_temp.ledger_row(current_date + 2), 'days are there again');
-- pg_partman rounds to whole days: after noon it makes one more.
SELECT ok((SELECT max(day) FROM day) - current_date IN (4, 5),
    'up to 4 ahead, or 5');
SELECT is_empty(
    $$ SELECT partition::regclass FROM day JOIN pg_class ON oid = partition
       WHERE relowner <> 'taster_owner'::regrole $$,
    'whoever calls, taster_owner owns the new days');

SELECT finish();
ROLLBACK;
