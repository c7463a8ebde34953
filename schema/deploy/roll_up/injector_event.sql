-- What changed of injectors and whom they hit, and controls that fail.

-- Half or more of an injector's replies of a day, and five addresses, are new
-- within 3 days, while it was known before. Once a week.
CREATE FUNCTION taster.pool_changes(since date) RETURNS SETOF taster.event
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    WITH drawn AS MATERIALIZED (
        SELECT day, injector_id, address, sum(replies) AS replies
        FROM taster.forged_address_day, unnest(injectors) AS injector_id
        GROUP BY day, injector_id, address
    ), met AS (
        SELECT day, injector_id, address, replies,
            min(day) OVER (PARTITION BY injector_id, address) AS first_day,
            min(day) OVER (PARTITION BY injector_id) AS known_day
        FROM drawn
    ), changed AS (
        SELECT day, injector_id,
            count(*) FILTER (WHERE day - first_day < 3) AS fresh,
            count(*) FILTER (WHERE day - first_day >= 3) AS old
        FROM met
        WHERE day - known_day > 3
        GROUP BY day, injector_id
        HAVING 2 * coalesce(sum(replies) FILTER (
                WHERE day - first_day < 3), 0) >= sum(replies)
        AND count(*) FILTER (WHERE day - first_day < 3) >= 5
    ), spaced AS (
        SELECT day, injector_id, fresh, old,
            lag(day) OVER (PARTITION BY injector_id ORDER BY day) AS previous
        FROM changed
    )
    SELECT taster.event_id('pool_change', day, injector_id), day,
        'pool_change', NULL::text, NULL::text, NULL::bigint, injector_id,
        NULL::inet, NULL::bigint, old || ' known addresses',
        fresh || ' new addresses', NULL::integer, NULL::real, NULL::text,
        format('%s answers with %s addresses that it was not seen with '
               'before.', injector_id, fresh)
    FROM spaced
    WHERE day >= since AND (previous IS NULL OR day - previous > 7)
$$;

-- The injector with most replies of a network, and at least half of them, is
-- another than on the three measured days before.
CREATE FUNCTION taster.injector_changes(since date) RETURNS SETOF taster.event
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    WITH foremost AS (
        SELECT DISTINCT ON (day, country, asn) day, country, asn, injector_id,
            probes, replies, sum(replies) OVER (
                PARTITION BY day, country, asn) AS all_replies
        FROM taster.injector_day
        WHERE day >= since - 90 AND injector_id <> 'unknown'
        ORDER BY day, country, asn, replies DESC, injector_id
    ), walked AS (
        SELECT day, country, asn, injector_id, probes,
            lag(injector_id, 1) OVER walk AS one,
            lag(injector_id, 2) OVER walk AS two,
            lag(injector_id, 3) OVER walk AS three
        FROM foremost
        WHERE 2 * replies >= all_replies
        WINDOW walk AS (PARTITION BY country, asn ORDER BY day)
    )
    SELECT taster.event_id('injector_change', day,
            concat_ws(' ', country, asn, injector_id)), day,
        'injector_change', NULL::text, country, asn, injector_id, NULL::inet,
        NULL::bigint, one, injector_id, probes, NULL::real, NULL::text,
        format('Most forged replies in %s come from %s, no longer from %s.',
               country || coalesce('/AS' || asn, ''), injector_id, one)
    FROM walked
    WHERE day >= since AND one = two AND two = three AND injector_id <> one
$$;

CREATE FUNCTION taster.new_victims(since date) RETURNS SETOF taster.event
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT taster.event_id('new_victim', v.first_day, host(v.address)),
        v.first_day, 'new_victim', NULL::text, NULL::text, NULL::bigint,
        min(i.injector_id), v.address, NULL::bigint, NULL::text,
        v.owner_name, NULL::integer, NULL::real, NULL::text,
        format('%s sends people to %s%s.', min(i.injector_id),
               host(v.address), coalesce(', of ' || v.owner_name, ''))
    FROM pub.victim AS v
    JOIN taster.forged_address_total AS f USING (address)
    JOIN taster.injector_total AS i
        ON i.injector_id = ANY (f.injectors) AND i.first_day < v.first_day - 3
    WHERE v.first_day >= since
    GROUP BY v.address, v.first_day, v.owner_name
$$;

CREATE FUNCTION taster.control_failures() RETURNS SETOF taster.event
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT taster.event_id('control_failure',
            (state_since AT TIME ZONE 'UTC')::date,
            concat_ws(' ', control, state)),
        (state_since AT TIME ZONE 'UTC')::date, 'control_failure',
        NULL::text, country, asn, NULL::text, NULL::inet, control,
        NULL::text, state, NULL::integer, NULL::real, NULL::text,
        format('Control %s in %s is %s. %s', control, country, state, reason)
    FROM taster.control_total
    WHERE state NOT IN ('healthy', 'revoked')
$$;

COMMENT ON FUNCTION taster.pool_changes(date) IS
    'Events of kind pool_change from that day on.';
COMMENT ON FUNCTION taster.injector_changes(date) IS
    'Events of kind injector_change from that day on.';
COMMENT ON FUNCTION taster.new_victims(date) IS
    'Events of kind new_victim from that day on.';
COMMENT ON FUNCTION taster.control_failures() IS
    'Events of kind control_failure: what fails now.';
