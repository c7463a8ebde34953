-- What may be shown. A vantage point is in one network, and that in one
-- country, so that populations form a tree: whoever subtracts what is shown
-- learns of the probes of a shown country that are in no shown network, and of
-- the probes of the world that are in nothing shown, and of no other group.
-- Both are empty or as many as the floor, or the country (the world) is not
-- shown either.

CREATE FUNCTION taster.count_populations() RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO pg_temp.population (unit, scope, country, asn, probes)
    WITH network AS MATERIALIZED (
        SELECT domain AS unit, country, asn, count(*) AS probes
        FROM pg_temp.probe_cell
        GROUP BY domain, country, asn
        UNION ALL
        SELECT '', country, asn, count(DISTINCT vantage_id)
        FROM pg_temp.probe_cell
        GROUP BY country, asn
    )
    SELECT unit, 'network', country, asn, probes FROM network
    UNION ALL
    SELECT unit, 'country', country, -1, sum(probes)
    FROM network GROUP BY unit, country
    UNION ALL
    SELECT unit, 'world', '', -1, sum(probes)
    FROM network GROUP BY unit
$$;

CREATE FUNCTION taster.publish(at_least bigint) RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO pg_temp.published (unit, scope, country, asn, probes)
    WITH shown AS (
        SELECT unit, country, sum(probes) AS probes
        FROM pg_temp.population
        WHERE scope = 'network' AND probes >= at_least
        GROUP BY unit, country
    ), nation AS MATERIALIZED (
        SELECT p.unit, p.country, p.probes,
            p.probes - coalesce(shown.probes, 0) AS hidden
        FROM pg_temp.population AS p
        LEFT JOIN shown USING (unit, country)
        WHERE p.scope = 'country'
    ), world AS (
        SELECT unit, sum(probes) AS probes,
            coalesce(sum(hidden) FILTER (WHERE probes < at_least
                OR hidden BETWEEN 1 AND at_least - 1), 0) AS hidden
        FROM nation
        GROUP BY unit
    )
    SELECT unit, scope, country, asn, probes
    FROM pg_temp.population
    WHERE scope = 'network' AND probes >= at_least
    UNION ALL
    SELECT unit, 'country', country, -1, probes
    FROM nation
    WHERE probes >= at_least AND (hidden = 0 OR hidden >= at_least)
    UNION ALL
    SELECT unit, 'world', '', -1, probes
    FROM world
    WHERE probes >= at_least AND (hidden = 0 OR hidden >= at_least)
$$;

COMMENT ON FUNCTION taster.count_populations() IS
    'Counts the probes behind each domain in each network, country and the '
    'world.';
COMMENT ON FUNCTION taster.publish(bigint) IS
    'Picks what may be shown: at least so many probes, in it and in what is '
    'left of it beside other rows that are shown.';
