-- Views of injectors, their addresses and whom these belong to; part of change
-- pub_v1.

CREATE OR REPLACE VIEW pub.injector AS
SELECT i.injector_id, i.name, nullif(i.country, '')::char(2) AS country,
    i.source, t.first_day, t.last_day, coalesce(t.replies, 0) AS replies,
    coalesce(t.domains, 0) AS domains, coalesce(t.networks, '{}') AS networks
FROM taster.injector AS i
LEFT JOIN taster.injector_total AS t USING (injector_id);

DROP VIEW pub.injector_fingerprint;
CREATE VIEW pub.injector_fingerprint AS
SELECT injector_id,
    row_number() OVER (PARTITION BY injector_id
        ORDER BY since, until, pools, aa, rr_ttl)::integer - 1 AS position,
    since, until, aa, aa_iff_not_rd, rd_echoed, dont_fragment, ip_id_zero,
    owner_is_pointer, rr_ttl,
    CASE pools WHEN '' THEN '{}' ELSE string_to_array(pools, ';') END AS pools,
    source
FROM taster.injector_fingerprint;

CREATE VIEW pub.injector_day AS
SELECT day, country, asn, injector_id, replies, sets, domains, probes
FROM taster.injector_day;

CREATE VIEW pub.injector_domain AS
SELECT i.injector_id, i.domain,
    coalesce(n.domain_unicode, i.domain) AS domain_unicode, i.first_day,
    i.last_day, i.networks
FROM taster.injector_domain AS i
LEFT JOIN taster.domain_name AS n USING (domain);

CREATE VIEW pub.race AS
SELECT day, country, asn, kind, upper_ms, sum(replies)::bigint AS replies
FROM taster.race_day
GROUP BY day, country, asn, kind, upper_ms;

CREATE VIEW pub.injector_race AS
SELECT injector_id, kind, upper_ms, sum(replies)::bigint AS replies
FROM taster.race_day
WHERE injector_id IS NOT NULL
GROUP BY injector_id, kind, upper_ms;

CREATE VIEW pub.hop AS
SELECT h.day, h.country, h.asn, h.injector_id, h.hop_low, h.hop_high,
    h.router_asn, h.traces, h.probes, h.likely, h.server_hop,
    nullif(w.name, '') AS router_name, w.country AS router_country
FROM taster.hop_day AS h
LEFT JOIN taster.network AS w ON w.asn = h.router_asn;

CREATE VIEW pub.forged_address AS
SELECT t.address, family(t.address) AS family, o.asn AS owner_asn,
    nullif(w.name, '') AS owner_name, o.country AS owner_country,
    t.first_day, t.last_day, t.replies, t.domains, t.networks, t.pools,
    t.injectors, EXISTS (
        SELECT FROM taster.reserved_prefix AS r
        WHERE t.address <<= r.prefix) AS is_reserved
FROM taster.forged_address_total AS t
LEFT JOIN taster.address_owner AS o USING (address)
LEFT JOIN taster.network AS w ON w.asn = o.asn;

CREATE VIEW pub.forged_address_day AS
SELECT day, country, asn, address, replies, domains, probes, injectors
FROM taster.forged_address_day;

CREATE VIEW pub.pool_growth AS
SELECT day, injector_id, new_addresses, total_addresses, replies
FROM taster.pool_growth;

-- A learned pool shows what of it is published, and only where that is so.
CREATE VIEW pub.pool_address AS
SELECT pool_id AS pool, position, address
FROM taster.forged_address
UNION ALL
SELECT pool, row_number() OVER (PARTITION BY pool ORDER BY address)::integer
    - 1, address
FROM taster.learned_pool AS l
JOIN taster.learned_address AS a USING (pool)
WHERE NOT l.is_revoked AND EXISTS (
    SELECT FROM taster.forged_address_day AS f
    WHERE f.address = a.address AND f.country = l.country
    AND f.asn IS NOT DISTINCT FROM nullif(l.asn, 0));

CREATE VIEW pub.pool AS
SELECT p.pool_id AS pool, 'listed' AS kind, p.family, NULL::text AS country,
    NULL::bigint AS asn, p.ordered, p.since AS first_day,
    p.until AS last_day, count(a.address) AS addresses,
    NULL::bigint AS domains, p.source
FROM taster.forged_pool AS p
LEFT JOIN taster.forged_address AS a USING (pool_id)
GROUP BY p.pool_id
UNION ALL
SELECT l.pool, 'learned', l.family, nullif(l.country, ''), nullif(l.asn, 0),
    false, min(t.first_day), max(t.last_day), count(*), max(t.domains),
    'Found in the answers of this network'
FROM taster.learned_pool AS l
JOIN pub.pool_address AS a USING (pool)
JOIN taster.forged_address_total AS t USING (address)
GROUP BY l.pool;

CREATE VIEW pub.victim AS
SELECT v.address, f.owner_asn, coalesce(f.owner_name, nullif(v.owner_name, ''))
    AS owner_name, coalesce(f.owner_country, nullif(v.country, ''))
    AS owner_country, f.first_day, f.last_day, f.domains,
    t.sample_domains, f.networks, f.replies, v.served AS serves
FROM taster.victim AS v
JOIN pub.forged_address AS f USING (address)
JOIN taster.forged_address_total AS t USING (address)
WHERE NOT f.is_reserved;
