-- What injectors did on the staged day, network by network. A row needs as many
-- probes as the floor; no total of rows that are not shown stands anywhere.

CREATE FUNCTION taster.fresh_injector_day(of_day date, at_least bigint)
RETURNS SETOF taster.injector_day
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT of_day, country, nullif(asn, 0), injector_id, count(*),
        count(DISTINCT (vantage_id, batch_id, set_ordinal)),
        count(DISTINCT domain)::integer, count(DISTINCT vantage_id)::integer
    FROM pg_temp.answered
    WHERE is_forged
    GROUP BY country, asn, injector_id
    HAVING count(DISTINCT vantage_id) >= at_least
$$;

-- An injector gives every probe others of its pool: whoever drew an address is
-- hidden among all who drew a forgery there that day. Those are counted.
CREATE FUNCTION taster.fresh_forged_address_day(of_day date, at_least bigint)
RETURNS SETOF taster.forged_address_day
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH crowd AS MATERIALIZED (
        SELECT country, asn, count(DISTINCT vantage_id)::integer AS probes
        FROM pg_temp.answered
        WHERE is_forged
        GROUP BY country, asn
        HAVING count(DISTINCT vantage_id) >= at_least
    )
    SELECT of_day, country, nullif(asn, 0), address, count(*),
        count(DISTINCT domain)::integer, probes,
        array_agg(DISTINCT injector_id ORDER BY injector_id)
    FROM pg_temp.answered
    JOIN crowd USING (country, asn), unnest(addresses) AS address
    WHERE is_forged
    GROUP BY country, asn, address, probes
$$;

-- UDP alone: over a connection nobody races. An injector with fewer probes
-- than the floor is not told from the others.
CREATE FUNCTION taster.fresh_race_day(of_day date, at_least bigint)
RETURNS SETOF taster.race_day
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH counted AS MATERIALIZED (
        SELECT country, asn, is_forged, injector_id, vantage_id, upper_ms,
            count(*) AS replies
        FROM pg_temp.answered
        WHERE transport = 1
        GROUP BY country, asn, is_forged, injector_id, vantage_id, upper_ms
    ), kinds AS (
        SELECT country, asn, is_forged
        FROM counted
        GROUP BY country, asn, is_forged
        HAVING count(DISTINCT vantage_id) >= at_least
    ), known AS (
        SELECT country, asn, injector_id
        FROM counted
        WHERE is_forged
        GROUP BY country, asn, injector_id
        HAVING count(DISTINCT vantage_id) >= at_least
    )
    SELECT of_day, a.country, nullif(a.asn, 0),
        CASE WHEN a.is_forged THEN 'forged' ELSE 'genuine' END,
        CASE WHEN a.is_forged THEN known.injector_id END,
        a.upper_ms, sum(a.replies)::bigint
    FROM counted AS a
    JOIN kinds USING (country, asn, is_forged)
    LEFT JOIN known USING (country, asn, injector_id)
    GROUP BY 2, 3, 4, 5, 6
$$;

CREATE FUNCTION taster.fresh_hop_day(of_day date, at_least bigint)
RETURNS SETOF taster.hop_day
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT of_day, v.country::text, nullif(v.asn, 0),
        coalesce(nullif(t.injector_id, ''), 'unknown'), t.hop_low, t.hop_high,
        nullif(t.router_asn, 0), count(*),
        count(DISTINCT t.vantage_id)::integer,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY t.hop_likely),
        percentile_disc(0.5) WITHIN GROUP (ORDER BY t.server_hop_low)
    FROM taster.trace AS t
    JOIN taster.vantage AS v
        ON v.vantage_id = t.vantage_id AND v.role = 'probe'
    WHERE t.batch_day = of_day AND t.hop_low IS NOT NULL
    GROUP BY 2, 3, 4, 5, 6, 7
    HAVING count(DISTINCT t.vantage_id) >= at_least
$$;

COMMENT ON FUNCTION taster.fresh_injector_day(date, bigint) IS
    'Rows that injector_day should have for the staged day.';
COMMENT ON FUNCTION taster.fresh_forged_address_day(date, bigint) IS
    'Rows that forged_address_day should have for the staged day.';
COMMENT ON FUNCTION taster.fresh_race_day(date, bigint) IS
    'Rows that race_day should have for the staged day.';
COMMENT ON FUNCTION taster.fresh_hop_day(date, bigint) IS
    'Rows that hop_day should have for the day.';
