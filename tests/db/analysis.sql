-- What analysts see of rows that were written.

BEGIN;

SELECT plan(17);
SET LOCAL timezone = 'UTC';

INSERT INTO taster.vantage (vantage_id, key, role, country, asn)
OVERRIDING SYSTEM VALUE VALUES
(901, sha256('1'), 'probe', 'CN', 4134), (902, sha256('2'), 'probe', 'CN', 4134),
(903, sha256('3'), 'control', 'DE', 680);
INSERT INTO taster.ruleset (ruleset_id, version)
OVERRIDING SYSTEM VALUE VALUES (901, 'test/1');
INSERT INTO taster.measurement (vantage_id, batch_day, batch_id, ordinal,
    set_ordinal, question_role, qname, qtype, server, server_port, server_kind,
    transport, query_time, window_length, outcome, response_count,
    uncounted_responses, retry, query)
VALUES (901, current_date, '00000000-0000-0000-0000-000000000001', 0, 0, 1,
    'blocked.example.', 65, '192.0.2.53', 53, 4, 1, now(), '5 s', 1, 1, 0, 0,
    '\x00'),
    (901, current_date, '00000000-0000-0000-0000-000000000001', 1, 0, 1,
    'blocked.example.', 64999, NULL, NULL, 1, 4, now(), '5 s', 2, 0, 0, 0,
    '\x00');
INSERT INTO taster.response (vantage_id, batch_day, batch_id, ordinal, reply,
    arrival_offset, source, source_port, fit, flags, rcode, addresses, defect,
    message)
VALUES (901, current_date, '00000000-0000-0000-0000-000000000001', 0, 1,
    '11 ms', '192.0.2.53', 53, 0, 33920, 3, '{}', 0, '\x00');
INSERT INTO taster.set_verdict (vantage_id, batch_day, batch_id, set_ordinal,
    qname, class, mechanism, injector_id, ruleset_id, is_open, judge_time)
VALUES (901, current_date, '00000000-0000-0000-0000-000000000001', 0,
    'blocked.example.', 5, 1, 'gfw-2', 901, false, now());
INSERT INTO taster.verdict (vantage_id, batch_day, batch_id, ordinal, reply,
    class, mechanism, injector_id, ruleset_id, has_say)
VALUES (901, current_date, '00000000-0000-0000-0000-000000000001', 0, 1, 1, 0,
    '', 901, true);
INSERT INTO taster.vantage_cell (vantage_id, batch_day, qname, class,
    mechanism, injector_id, set_count)
VALUES (901, current_date, 'blocked.example.', 5, 1, 'gfw-2', 3),
    (901, current_date, 'blocked.example.', 0, 0, '', 2),
    (902, current_date, 'blocked.example.', 4, 1, 'gfw-1', 1),
    (903, current_date, 'blocked.example.', 0, 0, '', 7),
    (902, current_date, 'judged-again.example.', 5, 1, '', 0);
INSERT INTO taster.control_answer (qname, qtype, kind, address, vantage_id,
    first_time, last_time)
VALUES ('blocked.example.', 28, 2, NULL, 903, now(), now());

SELECT is((SELECT question_role || ' ' || qtype || ' ' || server_kind || ' '
    || transport || ' ' || outcome || ' ' || country || ' ' || asn
    FROM analysis.measurement WHERE batch_day = current_date AND ordinal = 0),
    'target HTTPS canary udp response CN 4134', 'a measurement in words');
SELECT is((SELECT qtype || ' ' || server_kind || ' ' || transport || ' '
    || outcome FROM analysis.measurement
    WHERE batch_day = current_date AND ordinal = 1),
    'TYPE64999 system https timeout', 'a rare type by its number');
SELECT is((SELECT fit || ' ' || rcode || ' ' || defect FROM analysis.response),
    'matches NXDOMAIN none', 'a response in words');
SELECT is((SELECT class || ' ' || mechanism || ' ' || injector_id || ' '
    || ruleset FROM analysis.set_verdict),
    'poisoned on_path_injection gfw-2 test/1', 'a verdict in words');
SELECT is((SELECT class || ' ' || mechanism || ' ' || (injector_id IS NULL)
    FROM analysis.verdict), 'insufficient none true', 'no injector is NULL');

SELECT is((SELECT count(*)::integer FROM analysis.cell), 1,
    'a cell a network: no control, nothing that came to nought');
SELECT is((SELECT set_count FROM analysis.cell), 6::bigint, 'all sets');
SELECT is((SELECT vantage_count FROM analysis.cell), 2::bigint, 'distinct probes');
SELECT is((SELECT poisoned_vantage_count FROM analysis.cell), 2::bigint,
    'distinct probes that saw poison');
SELECT is((SELECT ARRAY[consistent_count, insufficient_count, ambiguous_count,
    filtered_count, likely_poisoned_count, poisoned_count, down_count,
    blocked_count] FROM analysis.cell), '{2,0,0,0,1,3,0,0}', 'sets by class');
SELECT is((SELECT mechanisms FROM analysis.cell), '{on_path_injection}',
    'mechanisms, once each');
SELECT is((SELECT injectors FROM analysis.cell), '{gfw-1,gfw-2}', 'injectors');
SELECT is((SELECT qtype || ' ' || kind || ' ' || country
    FROM analysis.control_answer), 'AAAA nodata DE', 'a control''s answer');

SELECT columns_are('analysis', 'vantage', ARRAY['vantage_id', 'role', 'country',
    'asn', 'enroll_day', 'is_admitted'], 'no key is shown');
SELECT columns_are('analysis', 'cell', ARRAY['qname', 'country', 'asn',
    'batch_day', 'set_count', 'vantage_count', 'consistent_count',
    'insufficient_count', 'ambiguous_count', 'filtered_count',
    'likely_poisoned_count', 'poisoned_count', 'down_count', 'blocked_count',
    'poisoned_vantage_count', 'mechanisms', 'injectors']);
SELECT set_eq(
    $$ SELECT relname::text FROM pg_class
       WHERE relnamespace = 'analysis'::regnamespace $$,
    ARRAY['vantage', 'measurement', 'response', 'set_verdict', 'verdict',
          'finding', 'cell', 'control_answer', 'forged_pool',
          'forged_address', 'learned_pools', 'forged_addresses', 'victims',
          'verdict_history', 'stream', 'trace', 'control_health',
          'dnssec_proof'],
    'views of evidence, for analysts');
SELECT is_empty(
    $$ SELECT v.batch_id FROM analysis.response AS v
       LEFT JOIN taster.response USING (vantage_id, batch_day, batch_id,
                                        ordinal, reply)
       WHERE v.message IS DISTINCT FROM response.message $$,
    'messages are shown as received');

SELECT finish();
ROLLBACK;
