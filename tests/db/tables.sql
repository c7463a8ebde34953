-- Tables as the collector writes them, and the rules by which they can be
-- distributed later.

BEGIN;

SELECT plan(18);

CREATE TEMPORARY VIEW growing AS
SELECT partrelid::regclass AS name FROM pg_partitioned_table
JOIN pg_class ON pg_class.oid = partrelid
WHERE relnamespace = 'taster'::regnamespace;

SELECT set_eq(
    'SELECT name::text FROM growing',
    ARRAY['taster.batch', 'taster.measurement', 'taster.response',
          'taster.icmp_error', 'taster.redaction', 'taster.stream',
          'taster.trace', 'taster.set_verdict',
          'taster.verdict', 'taster.finding', 'taster.vantage_cell'],
    'these tables grow');

SELECT columns_are('taster', 'batch', ARRAY['vantage_id', 'batch_day',
    'batch_id', 'payload_hash', 'receive_time', 'measurement_count',
    'refused_count', 'software', 'target_list']);
SELECT columns_are('taster', 'measurement', ARRAY['vantage_id', 'batch_day',
    'batch_id', 'ordinal', 'set_ordinal', 'question_role', 'qname', 'qtype',
    'server', 'server_port', 'server_kind', 'transport', 'query_time',
    'window_length', 'source_port', 'query_ip_ttl', 'outcome',
    'response_count', 'uncounted_responses', 'retry', 'query']);
SELECT columns_are('taster', 'response', ARRAY['vantage_id', 'batch_day',
    'batch_id', 'ordinal', 'reply', 'arrival_offset', 'source', 'source_port',
    'ip_ttl', 'dont_fragment', 'ip_id_zero', 'fit', 'flags', 'rcode',
    'addresses', 'rr_ttl', 'defect', 'message', 'original_size']);
SELECT columns_are('taster', 'set_verdict', ARRAY['vantage_id', 'batch_day',
    'batch_id', 'set_ordinal', 'qname', 'class', 'mechanism', 'injector_id',
    'ruleset_id', 'is_open', 'judge_time']);
SELECT columns_are('taster', 'verdict', ARRAY['vantage_id', 'batch_day',
    'batch_id', 'ordinal', 'reply', 'class', 'mechanism', 'injector_id',
    'ruleset_id', 'has_say']);

SELECT is_empty(
    $$ SELECT name FROM growing WHERE NOT EXISTS (
           SELECT FROM pg_attribute WHERE attrelid = name AND attnum = 1
           AND attname = 'vantage_id' AND attnotnull
           AND atttypid = 'bigint'::regtype) $$,
    'every growing table begins with vantage_id');
SELECT is_empty(
    $$ SELECT indexrelid::regclass FROM pg_index JOIN growing
       ON indrelid = name JOIN pg_attribute
       ON attrelid = indrelid AND attnum = indkey[0]
       WHERE indisunique AND attname <> 'vantage_id' $$,
    'every unique key begins with vantage_id');
SELECT set_eq(
    $$ SELECT indrelid::regclass::text FROM pg_index JOIN growing
       ON indrelid = name WHERE indisprimary $$,
    ARRAY['taster.batch', 'taster.vantage_cell'],
    'only the ledger and the rollup have a primary key');
SELECT is_empty(
    $$ SELECT conrelid::regclass, conname FROM pg_constraint
       JOIN pg_class ON pg_class.oid = conrelid
       WHERE contype = 'f' AND relnamespace = 'taster'::regnamespace $$,
    'no foreign keys');
SELECT is_empty(
    $$ SELECT tgrelid::regclass, tgname FROM pg_trigger
       JOIN pg_class ON pg_class.oid = tgrelid
       WHERE relnamespace = 'taster'::regnamespace $$,
    'no triggers');
SELECT is_empty(
    $$ SELECT ev_class::regclass FROM pg_rewrite
       JOIN pg_class ON pg_class.oid = ev_class
       WHERE relnamespace = 'taster'::regnamespace $$, 'no rules');
SELECT is_empty(
    $$ SELECT conrelid::regclass, conname FROM pg_constraint
       JOIN pg_class ON pg_class.oid = conrelid
       WHERE relnamespace = 'taster'::regnamespace AND contype = 'c'
       AND NOT relispartition AND conname ~ '_check\d*$' $$,
    'every check has a sentence for a name');
SELECT is_empty(
    $$ SELECT indexrelid::regclass FROM pg_index JOIN growing
       ON indrelid = name JOIN pg_class ON pg_class.oid = indexrelid
       JOIN pg_am ON pg_am.oid = relam WHERE amname <> 'btree' $$,
    'BRIN stands on partitions, only B-trees on parents');

SELECT throws_ok(
    $$ INSERT INTO taster.vantage (key, role, country, asn)
       VALUES ('\x00', 'probe', 'CN', 1) $$, '23514', NULL,
    'a key has 32 bytes');
SELECT throws_ok(
    $$ INSERT INTO taster.vantage (key, role, country, asn)
       VALUES (sha256('a'), 'root', 'CN', 1) $$, '23514', NULL,
    'a role is probe or control');
SELECT throws_ok(
    $$ INSERT INTO taster.control_answer (qname, qtype, kind, address,
           vantage_id, first_time, last_time)
       VALUES ('a.example.', 1, 1, NULL, 1, now(), now()) $$, '23514', NULL,
    'an address is there if and only if the kind says so');
SELECT throws_ok(
    $$ INSERT INTO taster.control_answer (qname, qtype, kind, address,
           vantage_id, first_time, last_time)
       SELECT 'a.example.', 1, 3, NULL, 1, now(), now()
       FROM generate_series(1, 2) $$, '23505', NULL,
    'one row an answer, also where there is no address');

SELECT finish();
ROLLBACK;
