-- What is shown of single domains on the staged day, from networks whose cell
-- of the domain is published: of these, it says how that cell came about. A row
-- needs as many probes as the floor, but for addresses: there, the domain does.

CREATE FUNCTION taster.fresh_domain_address_day(of_day date, at_least bigint)
RETURNS SETOF taster.domain_address_day
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH forged AS (
        SELECT a.domain
        FROM pg_temp.answered AS a
        JOIN pg_temp.published AS p
            ON p.unit = a.domain AND p.country = a.country AND p.asn = a.asn
        WHERE a.is_forged AND p.scope = 'network'
        GROUP BY a.domain
        HAVING count(DISTINCT a.vantage_id) >= at_least
    )
    SELECT of_day, domain, address, replies, injectors
    FROM (
        SELECT a.domain, address, count(*) AS replies,
            array_agg(DISTINCT a.injector_id ORDER BY a.injector_id)
                AS injectors,
            row_number() OVER (PARTITION BY a.domain
                ORDER BY count(*) DESC, address) AS place
        FROM pg_temp.answered AS a
        JOIN pg_temp.published AS p
            ON p.unit = a.domain AND p.country = a.country AND p.asn = a.asn
        JOIN forged ON forged.domain = a.domain
        CROSS JOIN unnest(a.addresses) AS address
        WHERE a.is_forged AND p.scope = 'network'
        GROUP BY a.domain, address
    ) AS ranked
    WHERE place <= 50
$$;

CREATE FUNCTION taster.fresh_domain_transport_day(of_day date, at_least bigint)
RETURNS SETOF taster.domain_transport_day
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH affected AS (
        SELECT DISTINCT domain
        FROM taster.cell
        WHERE day = of_day AND affected_probes > 0
    )
    SELECT of_day, a.domain, word, a.server, count(*),
        count(DISTINCT a.vantage_id)::integer,
        count(*) FILTER (WHERE class = 0), count(*) FILTER (WHERE class = 1),
        count(*) FILTER (WHERE class = 2), count(*) FILTER (WHERE class = 3),
        count(*) FILTER (WHERE class = 4), count(*) FILTER (WHERE class = 5),
        count(*) FILTER (WHERE class = 6), count(*) FILTER (WHERE class = 7)
    FROM pg_temp.asked AS a
    JOIN affected USING (domain)
    JOIN pg_temp.published AS p
        ON p.unit = a.domain AND p.country = a.country AND p.asn = a.asn
    JOIN taster.vocabulary ON kind = 'transport' AND code = a.transport
    WHERE a.question_role = 1 AND p.scope = 'network'
    GROUP BY a.domain, word, a.server
    HAVING count(DISTINCT a.vantage_id) >= at_least
$$;

CREATE FUNCTION taster.fresh_domain_race_day(of_day date, at_least bigint)
RETURNS SETOF taster.domain_race_day
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH raced AS (
        SELECT a.domain, a.is_forged
        FROM pg_temp.answered AS a
        JOIN pg_temp.published AS p
            ON p.unit = a.domain AND p.country = a.country AND p.asn = a.asn
        WHERE a.transport = 1 AND p.scope = 'network'
        GROUP BY a.domain, a.is_forged
        HAVING count(DISTINCT a.vantage_id) >= at_least
    ), forged AS (
        SELECT domain FROM raced WHERE is_forged
    )
    SELECT of_day, a.domain,
        CASE WHEN a.is_forged THEN 'forged' ELSE 'genuine' END,
        a.upper_ms, count(*)
    FROM pg_temp.answered AS a
    JOIN raced USING (domain, is_forged)
    JOIN forged USING (domain)
    JOIN pg_temp.published AS p
        ON p.unit = a.domain AND p.country = a.country AND p.asn = a.asn
    WHERE a.transport = 1 AND p.scope = 'network'
    GROUP BY 2, 3, 4
$$;

CREATE FUNCTION taster.fresh_domain_hop_day(of_day date, at_least bigint)
RETURNS SETOF taster.domain_hop_day
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT of_day, p.unit, p.country, nullif(p.asn, 0),
        coalesce(nullif(t.injector_id, ''), 'unknown'), t.hop_low, t.hop_high,
        nullif(t.router_asn, 0), count(*),
        percentile_disc(0.5) WITHIN GROUP (ORDER BY t.hop_likely),
        percentile_disc(0.5) WITHIN GROUP (ORDER BY t.server_hop_low)
    FROM taster.trace AS t
    JOIN taster.vantage AS v
        ON v.vantage_id = t.vantage_id AND v.role = 'probe'
    JOIN pg_temp.published AS p
        ON p.scope = 'network' AND p.country = v.country::text
        AND p.asn = v.asn
        AND p.unit = CASE t.qname WHEN '.' THEN '.'
                     ELSE lower(left(t.qname, -1)) END
    WHERE t.batch_day = of_day AND t.hop_low IS NOT NULL
    GROUP BY p.unit, p.country, p.asn, 5, t.hop_low, t.hop_high, 8
    HAVING count(DISTINCT t.vantage_id) >= at_least
$$;

COMMENT ON FUNCTION taster.fresh_domain_address_day(date, bigint) IS
    'Rows that domain_address_day should have for the staged day.';
COMMENT ON FUNCTION taster.fresh_domain_transport_day(date, bigint) IS
    'Rows that domain_transport_day should have for the staged day; after '
    'cell.';
COMMENT ON FUNCTION taster.fresh_domain_race_day(date, bigint) IS
    'Rows that domain_race_day should have for the staged day.';
COMMENT ON FUNCTION taster.fresh_domain_hop_day(date, bigint) IS
    'Rows that domain_hop_day should have for the staged day.';
