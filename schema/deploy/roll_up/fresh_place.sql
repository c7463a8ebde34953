-- What else is counted by network, country and world on the staged day.

CREATE FUNCTION taster.fresh_verdict_day(of_day date, at_least bigint)
RETURNS SETOF taster.verdict_day
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT of_day, scope, country, asn, count(*)::integer, sum(sets)::bigint,
        max(probes),
        (count(*) FILTER (WHERE verdict = 'consistent'))::integer,
        (count(*) FILTER (WHERE verdict = 'insufficient'))::integer,
        (count(*) FILTER (WHERE verdict = 'ambiguous'))::integer,
        (count(*) FILTER (WHERE verdict = 'filtered'))::integer,
        (count(*) FILTER (WHERE verdict = 'likely_poisoned'))::integer,
        (count(*) FILTER (WHERE verdict = 'poisoned'))::integer,
        (count(*) FILTER (WHERE verdict = 'down'))::integer,
        (count(*) FILTER (WHERE verdict = 'blocked'))::integer,
        clock_timestamp()
    FROM taster.cell
    WHERE day = of_day
    GROUP BY scope, country, asn
$$;

CREATE FUNCTION taster.fresh_transport_day(of_day date, at_least bigint)
RETURNS SETOF taster.transport_day
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH counted AS (
        SELECT country, asn, transport, server, vantage_id, class,
            count(*) AS n
        FROM pg_temp.asked
        WHERE question_role = 1
        GROUP BY country, asn, transport, server, vantage_id, class
    )
    SELECT of_day, a.country, nullif(a.asn, 0), word, server, sum(n)::bigint,
        count(DISTINCT vantage_id)::integer,
        coalesce(sum(n) FILTER (WHERE class = 0), 0)::bigint,
        coalesce(sum(n) FILTER (WHERE class = 1), 0)::bigint,
        coalesce(sum(n) FILTER (WHERE class = 2), 0)::bigint,
        coalesce(sum(n) FILTER (WHERE class = 3), 0)::bigint,
        coalesce(sum(n) FILTER (WHERE class = 4), 0)::bigint,
        coalesce(sum(n) FILTER (WHERE class = 5), 0)::bigint,
        coalesce(sum(n) FILTER (WHERE class = 6), 0)::bigint,
        coalesce(sum(n) FILTER (WHERE class = 7), 0)::bigint
    FROM counted AS a
    JOIN taster.vocabulary
        ON kind = 'transport' AND code = a.transport
    GROUP BY a.country, a.asn, word, server
    HAVING count(DISTINCT vantage_id) >= at_least
$$;

-- Counts are of what is published besides, so that none can be told by
-- subtraction; only probes are whole, and their places suppressed together.
CREATE FUNCTION taster.fresh_coverage(of_day date, at_least bigint)
RETURNS SETOF taster.coverage
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH counted AS (
        SELECT scope, coalesce(country, '') AS country,
            CASE scope WHEN 'network' THEN coalesce(asn, 0) ELSE -1 END AS asn,
            sum(sets)::bigint AS sets, count(*)::integer AS domains
        FROM taster.cell
        WHERE day = of_day
        GROUP BY scope, country, asn
    ), carried AS (
        SELECT CASE grouping(country) WHEN 0 THEN country ELSE '' END
                AS country,
            CASE grouping(asn) WHEN 0 THEN coalesce(asn, 0) ELSE -1 END AS asn,
            sum(measurements)::bigint AS measurements
        FROM taster.transport_day
        WHERE day = of_day
        GROUP BY GROUPING SETS ((country, asn), (country), ())
    ), newest AS (
        SELECT CASE grouping(country) WHEN 0 THEN country ELSE '' END
                AS country,
            CASE grouping(asn) WHEN 0 THEN asn ELSE -1 END AS asn,
            date_trunc('hour', max(query_time), 'UTC') AS last_hour
        FROM pg_temp.asked
        GROUP BY GROUPING SETS ((country, asn), (country), ())
    )
    SELECT of_day, p.scope, nullif(p.country, ''),
        nullif(nullif(p.asn, -1), 0), p.probes::integer,
        coalesce(counted.sets, 0), coalesce(carried.measurements, 0),
        coalesce(counted.domains, 0), newest.last_hour
    FROM pg_temp.published AS p
    LEFT JOIN counted USING (scope, country, asn)
    LEFT JOIN carried USING (country, asn)
    LEFT JOIN newest USING (country, asn)
    WHERE p.unit = ''
$$;

-- What the operator's own control vantage points did.
CREATE FUNCTION taster.fresh_control_day(of_day date, at_least bigint)
RETURNS SETOF taster.control_day
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT of_day, m.vantage_id, count(*),
        count(*) FILTER (WHERE m.response_count = 0 AND m.outcome <> 17)
    FROM taster.measurement AS m
    JOIN taster.vantage AS v
        ON v.vantage_id = m.vantage_id AND v.role = 'control'
    WHERE m.batch_day = of_day
    GROUP BY m.vantage_id
$$;

COMMENT ON FUNCTION taster.fresh_verdict_day(date, bigint) IS
    'Rows that verdict_day should have for the staged day; after cell.';
COMMENT ON FUNCTION taster.fresh_transport_day(date, bigint) IS
    'Rows that transport_day should have for the staged day.';
COMMENT ON FUNCTION taster.fresh_coverage(date, bigint) IS
    'Rows that coverage should have for the staged day; after cell and '
    'transport_day.';
COMMENT ON FUNCTION taster.fresh_control_day(date, bigint) IS
    'Rows that control_day should have for the day.';
