-- Injectors over all days, from published rows alone.

CREATE FUNCTION taster.fresh_injector_total(of_day date, at_least bigint)
RETURNS SETOF taster.injector_total
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH named AS (
        SELECT injector_id, count(DISTINCT domain)::integer AS domains
        FROM taster.cell, unnest(injectors) AS injector_id
        GROUP BY injector_id
    )
    SELECT injector_id, min(day), max(day), sum(replies)::bigint,
        greatest(max(d.domains), max(named.domains)),
        array_agg(DISTINCT country || '/AS' || coalesce(asn, 0))
    FROM taster.injector_day AS d
    LEFT JOIN named USING (injector_id)
    GROUP BY injector_id
$$;

CREATE FUNCTION taster.fresh_injector_domain(of_day date, at_least bigint)
RETURNS SETOF taster.injector_domain
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT injector_id, domain, min(day), max(day),
        count(DISTINCT (country, asn))::integer
    FROM taster.cell, unnest(injectors) AS injector_id
    WHERE scope = 'network'
    GROUP BY injector_id, domain
$$;

CREATE FUNCTION taster.fresh_pool_growth(of_day date, at_least bigint)
RETURNS SETOF taster.pool_growth
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH met AS (
        SELECT injector_id, address, min(day) AS day
        FROM taster.forged_address_day, unnest(injectors) AS injector_id
        GROUP BY injector_id, address
    ), grown AS (
        SELECT injector_id, day, count(*) AS addresses
        FROM met
        GROUP BY injector_id, day
    ), active AS (
        SELECT injector_id, day, sum(replies)::bigint AS replies
        FROM taster.injector_day
        GROUP BY injector_id, day
    )
    SELECT day, injector_id, coalesce(addresses, 0)::integer,
        (sum(coalesce(addresses, 0)) OVER (
            PARTITION BY injector_id ORDER BY day))::integer,
        coalesce(replies, 0)
    FROM active
    FULL JOIN grown USING (injector_id, day)
$$;

COMMENT ON FUNCTION taster.fresh_injector_total(date, bigint) IS
    'Rows that injector_total should have.';
COMMENT ON FUNCTION taster.fresh_injector_domain(date, bigint) IS
    'Rows that injector_domain should have.';
COMMENT ON FUNCTION taster.fresh_pool_growth(date, bigint) IS
    'Rows that pool_growth should have.';
