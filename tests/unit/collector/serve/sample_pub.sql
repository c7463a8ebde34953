-- Rows of the second level, as if they had been rolled up: :domains names in
-- two networks of one country over :days days up to 2026-11-20. Every public
-- view shows something of it. %DOMAINS% and %DAYS% are replaced by who loads it.

INSERT INTO taster.domain_name (domain, domain_unicode, registrable_domain)
SELECT 'name' || i || '.example', 'name' || i || '.example', 'example'
FROM generate_series(1, %DOMAINS%) AS i;
INSERT INTO taster.domain_name (domain, domain_unicode, registrable_domain)
VALUES ('xn--bcher-kva.example', 'bücher.example', 'xn--bcher-kva.example'),
    ('=cmd|''/c calc''!a0.example', '=cmd|''/c calc''!a0.example', 'example'),
    ('x', 'x', 'x'), ('.', '.', '.');

INSERT INTO taster.network (asn, name, country, snapshot)
VALUES (4134, 'CHINANET "Backbone", No.31', 'CN', ''),
    (4837, '<script>alert(1)</script>', 'CN', ''),
    (64500, 'Example Hosting', 'US', '');
INSERT INTO taster.address_owner (address, asn, country, snapshot)
VALUES ('198.18.7.7', 64500, 'US', ''), ('8.7.198.45', 64500, 'US', '');

INSERT INTO taster.rolled_day (day, counters, floor, edition, roll_time, took)
SELECT date '2026-11-20' - d, 1, 5, 1, '2026-11-21 00:00:07.25+00', '1s'
FROM generate_series(0, %DAYS% - 1) AS d;

INSERT INTO taster.cell (day, domain, scope, country, asn, verdict, agreement,
    probes, affected_probes, sets, consistent, insufficient, ambiguous,
    filtered, likely_poisoned, poisoned, down, blocked, mechanisms, injectors,
    witness, ruleset, update_time)
SELECT date '2026-11-20' - d, n.domain, place.scope, place.country, place.asn,
    CASE WHEN place.asn = 4837 THEN 'consistent' ELSE 'poisoned' END,
    0.9, 12, 11, 120, 8, 1, 1, 0, 2, 108, 0, 0, '{on_path_injection}',
    '{gfw-3}', CASE WHEN n.domain = 'name1.example'
        AND place.scope = 'world' THEN '%WITNESS%' END,
    '2026.11.2-00000000', '2026-11-21 00:00:07+00'
FROM taster.domain_name AS n, generate_series(0, %DAYS% - 1) AS d,
    (VALUES ('world', NULL, NULL), ('country', 'CN', NULL),
            ('network', 'CN', 4134), ('network', 'CN', 4837),
            ('network', 'CN', NULL::bigint)) AS place (scope, country, asn);

INSERT INTO taster.verdict_day (day, scope, country, asn, domains, sets,
    probes, consistent, insufficient, ambiguous, filtered, likely_poisoned,
    poisoned, down, blocked, update_time)
SELECT DISTINCT day, scope, country, asn, 30, 3600, 12, 1, 1, 0, 0, 2, 26, 0,
    0, update_time
FROM taster.cell;

INSERT INTO taster.coverage (day, scope, country, asn, probes, sets,
    measurements, domains, last_hour)
SELECT DISTINCT day, scope, country, asn, 12, 3600, 30000, 30,
    '2026-11-20 23:00:00+00'::timestamptz
FROM taster.cell;

INSERT INTO taster.injector_day (day, country, asn, injector_id, replies, sets,
    domains, probes)
SELECT DISTINCT day, 'CN', 4134, 'gfw-3', 9000, 3000, 28, 12 FROM taster.cell;

INSERT INTO taster.forged_address_day (day, country, asn, address, replies,
    domains, probes, injectors)
SELECT day, 'CN', 4134, address, 100, 20, 12, '{gfw-3}'
FROM (SELECT DISTINCT day FROM taster.cell) AS days,
    (VALUES ('198.18.7.7'::inet), ('8.7.198.45'), ('2001::1'))
        AS forged (address);

INSERT INTO taster.race_day (day, country, asn, kind, injector_id, upper_ms,
    replies)
SELECT day, 'CN', 4134, race.kind, race.injector_id, race.upper_ms, 50
FROM (SELECT DISTINCT day FROM taster.cell) AS days,
    (VALUES ('forged', 'gfw-3', 4), ('forged', NULL, 5.65685424949238),
            ('genuine', NULL, 64)) AS race (kind, injector_id, upper_ms);

INSERT INTO taster.transport_day (day, country, asn, transport, server,
    measurements, probes, consistent, insufficient, ambiguous, filtered,
    likely_poisoned, poisoned, down, blocked)
SELECT day, 'CN', 4134, way.transport, way.server, 100, 12, 10, 0, 0, 0, 0, 90,
    0, 0
FROM (SELECT DISTINCT day FROM taster.cell) AS days,
    (VALUES ('udp', 'system'), ('dot', 'other')) AS way (transport, server);

INSERT INTO taster.hop_day (day, country, asn, injector_id, hop_low, hop_high,
    router_asn, traces, probes, likely, server_hop)
SELECT DISTINCT day, 'CN', 4134, 'gfw-3', 4, 5, 4134, 10, 6, 5, 12
FROM taster.cell;

INSERT INTO taster.domain_address_day (day, domain, address, replies,
    injectors)
SELECT day, domain, '198.18.7.7', 10, '{gfw-3}' FROM taster.cell
WHERE scope = 'world' AND day > date '2026-11-20' - 3;
INSERT INTO taster.domain_address_total (domain, address, first_day, last_day,
    replies, injectors)
SELECT domain, address, min(day), max(day), sum(replies), '{gfw-3}'
FROM taster.domain_address_day GROUP BY domain, address;
INSERT INTO taster.domain_address_total (domain, address, first_day, last_day,
    replies, injectors)
VALUES ('name1.example', '8.7.198.45', '2026-11-18', '2026-11-20', 7,
        '{gfw-3}');
INSERT INTO taster.domain_transport_day (day, domain, transport, server,
    measurements, probes, consistent, insufficient, ambiguous, filtered,
    likely_poisoned, poisoned, down, blocked)
SELECT day, domain, 'udp', 'system', 10, 12, 1, 0, 0, 0, 0, 9, 0, 0
FROM taster.cell WHERE scope = 'world' AND day > date '2026-11-20' - 3;
INSERT INTO taster.domain_race_day (day, domain, kind, upper_ms, replies)
SELECT day, domain, 'forged', 4, 10 FROM taster.cell
WHERE scope = 'world' AND day > date '2026-11-20' - 3;
INSERT INTO taster.domain_hop_day (day, domain, country, asn, injector_id,
    hop_low, hop_high, router_asn, traces, likely, server_hop)
SELECT day, domain, 'CN', 4134, 'gfw-3', 4, 5, 4134, 3, 5, 12 FROM taster.cell
WHERE scope = 'world' AND day > date '2026-11-20' - 3;

INSERT INTO taster.domain_total (domain, first_day, last_day,
    first_poisoned_day, last_poisoned_day, networks, poisoned_networks,
    countries, measured_days, poisoned_days, mechanisms, injectors,
    forged_addresses, last_verdict)
SELECT domain, min(day), max(day), min(day), max(day), 2, 1, '{CN}', 30, 30,
    '{on_path_injection}', '{gfw-3}', 3, 'poisoned'
FROM taster.cell GROUP BY domain;
INSERT INTO taster.network_total (scope, country, asn, first_day, last_day,
    domains, poisoned_domains, probes, mechanisms, injectors)
SELECT scope, country, asn, min(day), max(day), 30, 28, 12,
    '{on_path_injection}', '{gfw-3}'
FROM taster.cell WHERE scope <> 'world' GROUP BY scope, country, asn;
INSERT INTO taster.forged_address_total (address, first_day, last_day, replies,
    domains, networks, pools, injectors, sample_domains)
SELECT address, min(day), max(day), sum(replies), 20, '{CN/AS4134}',
    '{gfw-main-a}', '{gfw-3}', '{name1.example,name2.example}'
FROM taster.forged_address_day GROUP BY address;
INSERT INTO taster.victim (address, owner_as, owner_name, country, names,
    sample_names, networks, first_day, last_day, served)
VALUES ('8.7.198.45', 64500, 'Example Hosting', 'US', 2, '{name1.example.}',
    '{CN/AS4134}', '2026-11-01', '2026-11-20', 'a shop');
INSERT INTO taster.injector_total (injector_id, first_day, last_day, replies,
    domains, networks)
VALUES ('gfw-3', '2026-11-01', '2026-11-20', 90000, 28, '{CN/AS4134}');
INSERT INTO taster.injector_domain (injector_id, domain, first_day, last_day,
    networks)
SELECT 'gfw-3', domain, first_day, last_day, 1 FROM taster.domain_total;
INSERT INTO taster.pool_growth (day, injector_id, new_addresses,
    total_addresses, replies)
SELECT DISTINCT day, 'gfw-3', 1, 100, 5000 FROM taster.cell;
INSERT INTO taster.control_total (control, country, asn, first_time, last_time,
    answers, names, failures, disagreements, state, state_since, reason)
VALUES (1, 'DE', 64500, '2026-11-01 00:00:00+00', '2026-11-20 23:00:00+00',
    1000, 300, 2, 0, 'healthy', '2026-11-01 00:00:00+00', 'answers');
INSERT INTO taster.vantage (vantage_id, key, role, country, asn)
OVERRIDING SYSTEM VALUE
VALUES (9000001, decode(repeat('cd', 32), 'hex'), 'control', 'DE', 64500);
INSERT INTO taster.control_answer (qname, qtype, kind, address, vantage_id,
    first_time, last_time)
SELECT 'name1.example.', 1, code, '192.0.2.80', 9000001,
    '2026-11-01 00:00:00+00', '2026-11-20 00:00:00+00'
FROM taster.vocabulary WHERE kind = 'control_kind' AND word = 'address';
INSERT INTO taster.event (event_id, day, kind, domain, country, asn,
    injector_id, address, control, before, after, probes, confidence, witness,
    summary)
SELECT 'onset-' || i, date '2026-11-20' - i % 20, 'onset',
    'name' || 1 + i % %DOMAINS% || '.example', 'CN', 4134, 'gfw-3', NULL, NULL,
    'consistent', 'poisoned', 12, 0.9, NULL,
    'name is poisoned in CN/AS4134 <b>since</b> that day & "so on"'
FROM generate_series(0, 59) AS i;
INSERT INTO taster.event (event_id, day, kind, address, control, summary)
VALUES ('victim-1', '2026-11-19', 'new_victim', '8.7.198.45', NULL,
        '8.7.198.45 is flooded'),
    ('control-1', '2026-11-18', 'control_failure', NULL, 1, 'control 1 failed');
