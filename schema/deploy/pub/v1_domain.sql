-- Views of single domains beside their cells; part of change pub_v1.

CREATE VIEW pub.domain_address AS
SELECT d.domain, d.address, min(d.day) AS first_day, max(d.day) AS last_day,
    sum(d.replies)::bigint AS replies,
    (SELECT coalesce(array_agg(DISTINCT injector ORDER BY injector), '{}')
     FROM taster.domain_address_day AS again,
         unnest(again.injectors) AS injector
     WHERE again.domain = d.domain AND again.address = d.address)
        AS injectors
FROM taster.domain_address_day AS d
GROUP BY d.domain, d.address;

CREATE VIEW pub.domain_transport AS
SELECT day, domain, transport, server, consistent, insufficient, ambiguous,
    filtered, likely_poisoned, poisoned, down, blocked
FROM taster.domain_transport_day;

CREATE VIEW pub.domain_race AS
SELECT day, domain, kind, upper_ms, replies
FROM taster.domain_race_day;

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
