-- Onsets and ends, from the published cells of one network; of a country on
-- days when none of its networks is published for the domain.

-- state 1: poisoned, and half the probes or more agree; -1: consistent. Days
-- with another verdict say neither.
CREATE FUNCTION taster.domain_series(since date)
RETURNS TABLE (day date, domain text, country text, asn bigint, is_network
    boolean, state integer, agreement real, probes integer, witness text,
    injectors text[])
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    WITH suspect AS MATERIALIZED (
        SELECT DISTINCT domain, country
        FROM taster.cell
        WHERE verdict = 'poisoned' AND scope <> 'world' AND day >= since
    ), decided AS MATERIALIZED (
        SELECT c.day, c.domain, c.country, c.asn, c.scope,
            CASE WHEN c.verdict = 'poisoned' THEN 1 ELSE -1 END AS state,
            c.agreement, c.probes, c.witness, c.injectors
        FROM taster.cell AS c
        JOIN suspect USING (domain, country)
        WHERE c.day >= since AND c.agreement >= 0.5
        AND c.verdict IN ('poisoned', 'consistent')
    )
    SELECT day, domain, country, asn, true, state, agreement, probes, witness,
        injectors
    FROM decided
    WHERE scope = 'network'
    UNION ALL
    SELECT d.day, d.domain, d.country, NULL, false, d.state, d.agreement,
        d.probes, d.witness, d.injectors
    FROM decided AS d
    WHERE d.scope = 'country' AND NOT EXISTS (
        SELECT FROM taster.cell AS c
        WHERE c.scope = 'network' AND c.day = d.day AND c.domain = d.domain
        AND c.country = d.country)
$$;

CREATE FUNCTION taster.onsets(since date) RETURNS SETOF taster.event
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    WITH walked AS (
        SELECT day, domain, country, asn, is_network, state, agreement, probes,
            witness, injectors,
            max(day) FILTER (WHERE state = 1) OVER before AS last_poisoned,
            max(day) FILTER (WHERE state = -1) OVER before AS last_clean,
            min(day) FILTER (WHERE state = 1) OVER behind AS next_poisoned,
            max(day) FILTER (WHERE state = -1) OVER behind AS newest_clean
        FROM taster.domain_series(since - 90)
        WINDOW before AS (
                PARTITION BY domain, country, asn, is_network ORDER BY day
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
            behind AS (
                PARTITION BY domain, country, asn, is_network ORDER BY day
                ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
    ), found AS (
        SELECT 'onset' AS kind, day, domain, country, asn, is_network,
            agreement, probes, witness, injectors
        FROM walked
        WHERE state = 1 AND last_clean >= day - 90
        AND last_clean > coalesce(last_poisoned, '-infinity'::date)
        AND (last_poisoned IS NULL OR day - last_poisoned > 3)
        UNION ALL
        SELECT 'end', day, domain, country, asn, is_network, agreement,
            probes, witness, injectors
        FROM walked
        WHERE state = -1 AND last_poisoned >= day - 90
        AND last_poisoned > coalesce(last_clean, '-infinity'::date)
        AND CASE WHEN next_poisoned IS NULL
            THEN newest_clean - last_poisoned >= 3
            ELSE next_poisoned - last_poisoned > 3 END
    )
    SELECT taster.event_id(kind, day, concat_ws(' ', domain, country, asn)),
        day, kind, domain, country, asn,
        CASE cardinality(injectors) WHEN 1 THEN injectors[1] END, NULL::inet,
        NULL::bigint, CASE kind WHEN 'onset' THEN 'consistent'
            ELSE 'poisoned' END,
        CASE kind WHEN 'onset' THEN 'poisoned' ELSE 'consistent' END, probes,
        (agreement * probes / (probes + 2))::real, witness,
        format('%s is %s in %s: %s%% of %s probes agree.', domain,
            CASE kind WHEN 'onset' THEN 'poisoned'
                ELSE 'no longer poisoned' END,
            country || CASE WHEN is_network
                THEN coalesce('/AS' || asn, ', in a network not known')
                ELSE '' END,
            round((agreement * 100)::numeric), probes)
    FROM found
    WHERE day >= since
$$;

COMMENT ON FUNCTION taster.domain_series(date) IS
    'Days on which a domain that was poisoned lately was poisoned (1) or '
    'consistent (-1) in a place.';
COMMENT ON FUNCTION taster.onsets(date) IS
    'Events of kind onset and end from that day on. Days before count for 90 '
    'days.';
