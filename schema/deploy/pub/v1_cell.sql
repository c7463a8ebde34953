-- Views of cells, places and totals; part of change pub_v1.

CREATE VIEW pub.cell AS
SELECT c.day, c.domain, c.scope, c.country, c.asn,
    coalesce(n.domain_unicode, c.domain) AS domain_unicode,
    nullif(w.name, '') AS network_name, c.verdict, c.agreement, c.probes,
    c.affected_probes, c.sets, c.consistent, c.insufficient, c.ambiguous,
    c.filtered, c.likely_poisoned, c.poisoned, c.down, c.blocked,
    c.mechanisms, c.injectors, c.witness, c.ruleset, c.update_time
FROM taster.cell AS c
LEFT JOIN taster.domain_name AS n USING (domain)
LEFT JOIN taster.network AS w USING (asn);

-- Without the collector's word for it, the last two labels stand in.
CREATE VIEW pub.domain AS
SELECT t.domain, coalesce(n.domain_unicode, t.domain) AS domain_unicode,
    coalesce(n.registrable_domain, substring(t.domain, '[^.]+\.[^.]+$'),
             t.domain) AS registrable_domain,
    t.first_day, t.last_day, t.first_poisoned_day, t.last_poisoned_day,
    t.networks, t.poisoned_networks, t.countries, t.measured_days,
    t.poisoned_days, t.mechanisms, t.injectors, t.forged_addresses,
    t.last_verdict
FROM taster.domain_total AS t
LEFT JOIN taster.domain_name AS n USING (domain);

CREATE VIEW pub.verdict_day AS
SELECT v.day, v.scope, v.country, v.asn, nullif(w.name, '') AS network_name,
    v.domains, v.sets, v.probes, v.consistent, v.insufficient, v.ambiguous,
    v.filtered, v.likely_poisoned, v.poisoned, v.down, v.blocked,
    v.update_time
FROM taster.verdict_day AS v
LEFT JOIN taster.network AS w USING (asn);

CREATE VIEW pub.network AS
SELECT t.country, t.asn, nullif(w.name, '') AS network_name, t.first_day,
    t.last_day, t.domains, t.poisoned_domains, t.probes, t.mechanisms,
    t.injectors
FROM taster.network_total AS t
LEFT JOIN taster.network AS w USING (asn)
WHERE t.scope = 'network';

CREATE VIEW pub.country AS
SELECT t.country, t.first_day, t.last_day, t.domains, t.poisoned_domains,
    t.probes, t.mechanisms, t.injectors
FROM taster.network_total AS t
WHERE t.scope = 'country';

CREATE VIEW pub.coverage AS
SELECT c.day, c.scope, c.country, c.asn, nullif(w.name, '') AS network_name,
    c.probes, c.sets, c.measurements, c.domains, c.last_hour
FROM taster.coverage AS c
LEFT JOIN taster.network AS w USING (asn);

CREATE VIEW pub.transport_day AS
SELECT day, country, asn, transport, server, measurements, probes, consistent,
    insufficient, ambiguous, filtered, likely_poisoned, poisoned, down,
    blocked
FROM taster.transport_day;

CREATE VIEW pub.control AS
SELECT t.control, t.country, t.asn, nullif(w.name, '') AS network_name,
    t.first_time, t.last_time, t.answers, t.names, t.failures,
    t.disagreements, t.state, t.state_since, t.reason
FROM taster.control_total AS t
LEFT JOIN taster.network AS w USING (asn);

CREATE VIEW pub.event AS
SELECT e.event_id, e.day, e.kind, e.domain,
    coalesce(n.domain_unicode, e.domain) AS domain_unicode, e.country, e.asn,
    nullif(w.name, '') AS network_name, e.injector_id, e.address, e.control,
    e.before, e.after, e.probes, e.confidence, e.witness, e.summary
FROM taster.event AS e
LEFT JOIN taster.domain_name AS n USING (domain)
LEFT JOIN taster.network AS w USING (asn);

CREATE VIEW pub.release AS
SELECT p.floor, p.licence, p.citation, p.attribution,
    (SELECT version FROM taster.ruleset
     ORDER BY first_time DESC, ruleset_id DESC LIMIT 1) AS ruleset,
    (SELECT max(roll_time) FROM taster.rolled_day) AS update_time,
    (SELECT min(day) FROM taster.cell) AS first_day,
    (SELECT max(day) FROM taster.cell) AS last_day,
    (SELECT coalesce(max(probes), 0) FROM taster.coverage
     WHERE day > (SELECT max(day) FROM taster.coverage) - 30) AS probes,
    (SELECT count(*) FROM taster.network_total
     WHERE scope = 'network') AS networks,
    (SELECT count(*) FROM taster.domain_total) AS domains
FROM taster.publication AS p;
