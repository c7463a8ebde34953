-- A small world that is published, for whoever tries the views: the rows of
-- second_level.sql, a past before them, traces, a victim, and a floor of 1.
-- Not inside a transaction.

BEGIN;
\ir second_level.sql

-- Before yesterday: one name was consistent, another was poisoned and is over.
INSERT INTO taster.vantage_cell (vantage_id, batch_day, qname, class,
    mechanism, injector_id, set_count)
SELECT vantage_id, current_date - back, 'Poisoned.example.', 0, 0, '', 1
FROM taster.vantage
CROSS JOIN generate_series(4, 6) AS back
WHERE vantage_id BETWEEN 901 AND 913
UNION ALL
SELECT vantage_id, current_date - back, 'over.example.',
    CASE WHEN back BETWEEN 8 AND 9 THEN 5 ELSE 0 END,
    CASE WHEN back BETWEEN 8 AND 9 THEN 1 ELSE 0 END,
    CASE WHEN back BETWEEN 8 AND 9 THEN 'gfw-3' ELSE '' END, 1
FROM taster.vantage
CROSS JOIN generate_series(3, 12) AS back
WHERE vantage_id BETWEEN 901 AND 906;

-- Forgers answer with an address of a listed pool.
UPDATE taster.response
SET addresses = (SELECT array_agg(address) FROM taster.forged_address
                 WHERE pool_id = 'gfw-main-a' AND position = 0)
WHERE vantage_id BETWEEN 901 AND 905 AND ordinal < 2;
INSERT INTO taster.finding (vantage_id, batch_day, batch_id, ordinal, reply,
    rule_id, subject, reason)
SELECT vantage_id, batch_day, batch_id, ordinal, reply, 'forged_pool_address',
    '208.77.47.172', 'An address of a forged pool.'
FROM taster.verdict
WHERE vantage_id BETWEEN 901 AND 905 AND ordinal < 2 AND reply = 1;
INSERT INTO taster.victim (address, owner_as, owner_name, country, names,
    sample_names, networks, first_day, last_day, served)
SELECT address, 40034, 'A host', 'US', 1, '{poisoned.example.}', '{CN/4134}',
    current_date - 1, current_date, NULL
FROM taster.forged_address
WHERE pool_id = 'gfw-main-a' AND position = 0;
INSERT INTO taster.trace (vantage_id, batch_day, batch_id, set_ordinal,
    position, qname, qtype, server, server_port, steps, server_hop_low,
    server_hop_high, is_symmetric, method, hop_low, hop_high, hop_likely,
    drawn, injector_id, router_asn)
SELECT vantage_id, current_date, md5(vantage_id || current_date::text)::uuid,
    0, 0, 'Poisoned.example.', 28, '192.0.2.53', 53, 40, 14, 14, true, 0, 6, 7,
    7, 30, 'gfw-2', 4134
FROM taster.vantage
WHERE vantage_id BETWEEN 901 AND 905;
INSERT INTO taster.control_answer (qname, qtype, kind, address, vantage_id,
    first_time, last_time)
VALUES ('poisoned.example.', 28, 1, '2001:db8::2', 920, now() - interval '2 d',
        now());
INSERT INTO taster.network (asn, name, snapshot) VALUES
(4134, 'CHINANET-BACKBONE', 'test'), (12880, 'DCI-AS', 'test');
COMMIT;

SELECT taster.set_floor(1);
SELECT taster.roll_up(current_date - back)
FROM generate_series(0, 12) AS back;
SELECT taster.sum_up();
SELECT taster.detect_events(current_date - 60);
