-- Views of single domains beside their cells; part of change pub_v1.

CREATE VIEW pub.domain_forged_address AS
SELECT d.domain, d.address, o.asn AS owner_asn,
    nullif(w.name, '') AS owner_name, o.country AS owner_country,
    d.injectors, d.first_day, d.last_day, d.replies
FROM taster.domain_address_total AS d
LEFT JOIN taster.address_owner AS o USING (address)
LEFT JOIN taster.network AS w ON w.asn = o.asn;

-- The last 30 days, up to the newest that is published.
CREATE VIEW pub.domain_transport AS
SELECT domain, transport, server, sum(measurements)::bigint AS measurements,
    max(probes) AS probes, sum(consistent)::bigint AS consistent,
    sum(insufficient)::bigint AS insufficient,
    sum(ambiguous)::bigint AS ambiguous, sum(filtered)::bigint AS filtered,
    sum(likely_poisoned)::bigint AS likely_poisoned,
    sum(poisoned)::bigint AS poisoned, sum(down)::bigint AS down,
    sum(blocked)::bigint AS blocked
FROM taster.domain_transport_day
WHERE day > (SELECT max(day) FROM taster.domain_transport_day) - 30
GROUP BY domain, transport, server;

CREATE VIEW pub.domain_race AS
SELECT domain, kind, upper_ms, sum(replies)::bigint AS replies
FROM taster.domain_race_day
WHERE day > (SELECT max(day) FROM taster.domain_race_day) - 30
GROUP BY domain, kind, upper_ms;

CREATE VIEW pub.domain_hop AS
SELECT h.day, h.domain, h.country, h.asn, h.injector_id, h.hop_low,
    h.hop_high, h.router_asn, h.traces, h.likely, h.server_hop,
    nullif(w.name, '') AS router_name, w.country AS router_country
FROM taster.domain_hop_day AS h
LEFT JOIN taster.network AS w ON w.asn = h.router_asn;

-- What controls say of published domains; theirs is no secret.
CREATE VIEW pub.domain_truth AS
SELECT CASE a.qname WHEN '.' THEN '.' ELSE left(a.qname, -1) END AS domain,
    kind.word AS kind, coalesce(qtype.word, 'TYPE' || a.qtype) AS qtype,
    a.address, array_agg(DISTINCT v.country::text
                         ORDER BY v.country::text) AS countries,
    (min(a.first_time) AT TIME ZONE 'UTC')::date AS first_day,
    (max(a.last_time) AT TIME ZONE 'UTC')::date AS last_day
FROM taster.control_answer AS a
JOIN taster.vantage AS v USING (vantage_id)
JOIN taster.domain_total AS t
    ON t.domain = CASE a.qname WHEN '.' THEN '.' ELSE left(a.qname, -1) END
LEFT JOIN taster.vocabulary AS qtype
    ON qtype.kind = 'qtype' AND qtype.code = a.qtype
LEFT JOIN taster.vocabulary AS kind
    ON kind.kind = 'control_kind' AND kind.code = a.kind
GROUP BY a.qname, kind.word, qtype.word, a.qtype, a.address;
CREATE INDEX control_answer_domain ON taster.control_answer
    ((CASE qname WHEN '.' THEN '.' ELSE left(qname, -1) END));
