-- Snapshots of tables of networks, as the collector records them.

BEGIN;

SELECT plan(5);

SELECT columns_are('taster', 'network_snapshot', ARRAY['snapshot', 'source',
    'taken', 'digest', 'first_time']);
SELECT col_is_pk('taster', 'network_snapshot', 'snapshot',
    'a snapshot is recorded once');

SELECT lives_ok(
    $$ INSERT INTO taster.network_snapshot (snapshot, source, taken, digest)
       VALUES ('a/2026-06-17/00', 'a', '2026-06-17', sha256('a')) $$,
    'the collector records a snapshot');
SELECT throws_ok(
    $$ INSERT INTO taster.network_snapshot (snapshot, source, taken, digest)
       VALUES ('b/2026-06-17/00', 'b', '2026-06-17', 'short') $$,
    '23514', NULL, 'a digest has 32 bytes');
SELECT throws_ok(
    $$ INSERT INTO taster.network_snapshot (snapshot, source, taken, digest)
       VALUES ('', 'b', '2026-06-17', sha256('b')) $$,
    '23514', NULL, 'a snapshot has a name');

SELECT finish();
ROLLBACK;
