-- Rows for tests of the second level: two networks of CN with 6 and 2
-- probes, one of IR with 5, and a control. Included by those tests.

INSERT INTO taster.vantage (vantage_id, key, role, country, asn)
OVERRIDING SYSTEM VALUE
SELECT 900 + n, sha256(n::text::bytea),
    CASE n WHEN 20 THEN 'control' ELSE 'probe' END,
    CASE WHEN n <= 8 THEN 'CN' WHEN n <= 13 THEN 'IR' ELSE 'DE' END,
    CASE WHEN n <= 6 THEN 4134 WHEN n <= 8 THEN 0 WHEN n <= 13 THEN 12880
        ELSE 680 END
FROM (SELECT generate_series(1, 13) UNION ALL SELECT 20) AS probe (n);
INSERT INTO taster.ruleset (ruleset_id, version)
OVERRIDING SYSTEM VALUE VALUES (901, 'test/1');

-- Each probe asks twice for each of three names: a canary that answers only
-- what is forged, and its own resolver.
INSERT INTO taster.measurement (vantage_id, batch_day, batch_id, ordinal,
    set_ordinal, question_role, qname, qtype, server, server_port, server_kind,
    transport, query_time, window_length, outcome, response_count,
    uncounted_responses, retry, query)
SELECT vantage_id, day, md5(vantage_id || day::text)::uuid, o, o / 2, 1,
    (ARRAY['Poisoned.example.', 'clean.example.', 'xn--bcher-kva.example.']
        )[1 + o / 2], 28,
    CASE o % 2 WHEN 0 THEN '192.0.2.53'::inet ELSE '192.168.7.1' END, 53,
    CASE o % 2 WHEN 0 THEN 4 ELSE 1 END, 1, day + interval '90 minutes', '5 s',
    1, 1, 0, 0, '\x00'
FROM taster.vantage
CROSS JOIN generate_series(0, 5) AS o
CROSS JOIN (SELECT current_date - generate_series(0, 1)) AS on_day (day)
WHERE vantage_id > 900 AND role = 'probe';
INSERT INTO taster.verdict (vantage_id, batch_day, batch_id, ordinal, reply,
    class, mechanism, injector_id, ruleset_id, has_say)
SELECT vantage_id, batch_day, batch_id, ordinal, reply,
    CASE WHEN is_forged THEN 5 ELSE 0 END,
    CASE WHEN is_forged THEN 1 ELSE 0 END,
    CASE WHEN is_forged THEN 'gfw-2' ELSE '' END, 901, true
FROM (SELECT m.vantage_id, batch_day, batch_id, ordinal,
          ordinal < 2 AND m.vantage_id <= 905 AS is_forged
      FROM taster.measurement AS m WHERE m.vantage_id > 900) AS asked
CROSS JOIN generate_series(0, 1) AS reply;
INSERT INTO taster.response (vantage_id, batch_day, batch_id, ordinal, reply,
    arrival_offset, source, source_port, fit, flags, rcode, addresses, defect,
    message)
SELECT vantage_id, batch_day, batch_id, ordinal, 1, '11 ms', server, 53, 0,
    33920, 0,
    ARRAY[CASE WHEN ordinal < 2 AND vantage_id <= 905
          THEN inet '2001:db8::1' ELSE '2001:db8::2' END], 0, '\x00'
FROM taster.measurement
WHERE vantage_id > 900;
INSERT INTO taster.vantage_cell (vantage_id, batch_day, qname, class,
    mechanism, injector_id, set_count)
SELECT m.vantage_id, m.batch_day, qname, class, mechanism, injector_id, 1
FROM taster.measurement AS m
JOIN taster.verdict AS v USING (vantage_id, batch_day, batch_id, ordinal)
WHERE m.vantage_id > 900 AND reply = 0 AND ordinal % 2 = 0;
