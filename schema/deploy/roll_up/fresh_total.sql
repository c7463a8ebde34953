-- Domains, networks and forged addresses over all days, from published rows
-- alone. "The last 30 days" end with the newest published one.

CREATE FUNCTION taster.recent_day() RETURNS date
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT max(day) - 29 FROM taster.cell $$;

CREATE FUNCTION taster.fresh_domain_total(of_day date, at_least bigint)
RETURNS SETOF taster.domain_total
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH counted AS MATERIALIZED (
        SELECT domain, min(day) AS first_day, max(day) AS last_day,
            min(day) FILTER (WHERE verdict = 'poisoned') AS first_poisoned_day,
            max(day) FILTER (WHERE verdict = 'poisoned') AS last_poisoned_day,
            (count(DISTINCT (country, asn)) FILTER (WHERE scope = 'network'
                AND day >= taster.recent_day()))::integer AS networks,
            (count(DISTINCT (country, asn)) FILTER (WHERE scope = 'network'
                AND verdict = 'poisoned'
                AND day >= taster.recent_day()))::integer AS poisoned_networks,
            coalesce(array_agg(DISTINCT country ORDER BY country) FILTER (
                WHERE verdict = 'poisoned' AND country IS NOT NULL), '{}')
                AS countries,
            (count(DISTINCT day) FILTER (
                WHERE day >= taster.recent_day()))::integer AS measured_days,
            (count(DISTINCT day) FILTER (WHERE verdict = 'poisoned'
                AND day >= taster.recent_day()))::integer AS poisoned_days
        FROM taster.cell
        GROUP BY domain
    ), how AS (
        SELECT domain, array_agg(DISTINCT word ORDER BY word) AS words
        FROM taster.cell, unnest(mechanisms) AS word
        GROUP BY domain
    ), who AS (
        SELECT domain, array_agg(DISTINCT word ORDER BY word) AS words
        FROM taster.cell, unnest(injectors) AS word
        GROUP BY domain
    ), what AS (
        SELECT domain, count(DISTINCT address)::integer AS addresses
        FROM taster.domain_address_day
        GROUP BY domain
    ), newest AS (
        SELECT DISTINCT ON (domain) domain, verdict
        FROM taster.cell JOIN counted USING (domain)
        WHERE day = last_day
        ORDER BY domain, scope DESC, probes DESC, country, asn
    )
    SELECT domain, first_day, last_day, first_poisoned_day, last_poisoned_day,
        networks, poisoned_networks, countries, measured_days, poisoned_days,
        coalesce(how.words, '{}'), coalesce(who.words, '{}'),
        coalesce(what.addresses, 0), newest.verdict
    FROM counted
    JOIN newest USING (domain)
    LEFT JOIN how USING (domain)
    LEFT JOIN who USING (domain)
    LEFT JOIN what USING (domain)
$$;

CREATE FUNCTION taster.fresh_network_total(of_day date, at_least bigint)
RETURNS SETOF taster.network_total
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH counted AS (
        SELECT scope, country, coalesce(asn, 0) AS asn, min(day) AS first_day,
            max(day) AS last_day,
            (count(DISTINCT domain) FILTER (
                WHERE day >= taster.recent_day()))::integer AS domains,
            (count(DISTINCT domain) FILTER (WHERE verdict = 'poisoned'
                AND day >= taster.recent_day()))::integer AS poisoned_domains,
            coalesce(max(probes) FILTER (
                WHERE day >= taster.recent_day()), 0) AS probes
        FROM taster.cell
        WHERE scope <> 'world'
        GROUP BY scope, country, asn
    ), covered AS (
        SELECT scope, country, coalesce(asn, 0) AS asn, max(probes) AS probes
        FROM taster.coverage
        WHERE scope <> 'world' AND day >= taster.recent_day()
        GROUP BY scope, country, asn
    ), how AS (
        SELECT scope, country, coalesce(asn, 0) AS asn,
            array_agg(DISTINCT word ORDER BY word) AS words
        FROM taster.cell, unnest(mechanisms) AS word
        WHERE scope <> 'world'
        GROUP BY scope, country, asn
    ), who AS (
        SELECT scope, country, coalesce(asn, 0) AS asn,
            array_agg(DISTINCT word ORDER BY word) AS words
        FROM taster.cell, unnest(injectors) AS word
        WHERE scope <> 'world'
        GROUP BY scope, country, asn
    )
    SELECT scope, country, nullif(asn, 0), first_day, last_day, domains,
        poisoned_domains, greatest(counted.probes, covered.probes),
        coalesce(how.words, '{}'), coalesce(who.words, '{}')
    FROM counted
    LEFT JOIN covered USING (scope, country, asn)
    LEFT JOIN how USING (scope, country, asn)
    LEFT JOIN who USING (scope, country, asn)
$$;

CREATE FUNCTION taster.fresh_domain_address_total(of_day date, at_least bigint)
RETURNS SETOF taster.domain_address_total
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH who AS (
        SELECT domain, address, array_agg(DISTINCT word ORDER BY word) AS words
        FROM taster.domain_address_day, unnest(injectors) AS word
        GROUP BY domain, address
    )
    SELECT domain, address, min(day), max(day), sum(replies)::bigint,
        who.words
    FROM taster.domain_address_day
    JOIN who USING (domain, address)
    GROUP BY domain, address, who.words
$$;

CREATE FUNCTION taster.fresh_forged_address_total(of_day date, at_least bigint)
RETURNS SETOF taster.forged_address_total
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH counted AS (
        SELECT address, min(day) AS first_day, max(day) AS last_day,
            sum(replies)::bigint AS replies, max(domains) AS domains,
            array_agg(DISTINCT country || '/AS' || coalesce(asn, 0))
                AS networks
        FROM taster.forged_address_day
        GROUP BY address
    ), who AS (
        SELECT address, array_agg(DISTINCT word ORDER BY word) AS words
        FROM taster.forged_address_day, unnest(injectors) AS word
        GROUP BY address
    ), pooled AS (
        SELECT address, array_agg(DISTINCT pool ORDER BY pool) AS pools
        FROM (
            SELECT address, pool_id AS pool FROM taster.forged_address
            UNION ALL
            SELECT address, pool
            FROM taster.learned_address
            JOIN taster.learned_pool USING (pool)
            WHERE NOT is_revoked
        ) AS member
        GROUP BY address
    ), named AS (
        SELECT address, count(*)::integer AS domains,
            (array_agg(domain ORDER BY replies DESC, domain))[1:20] AS sample
        FROM taster.domain_address_total
        GROUP BY address
    )
    SELECT address, first_day, last_day, replies,
        greatest(counted.domains, named.domains), networks,
        coalesce(pools, '{}'), who.words, coalesce(sample, '{}')
    FROM counted
    JOIN who USING (address)
    LEFT JOIN pooled USING (address)
    LEFT JOIN named USING (address)
$$;

COMMENT ON FUNCTION taster.recent_day() IS
    'First of the 30 days up to the newest published one.';
COMMENT ON FUNCTION taster.fresh_domain_total(date, bigint) IS
    'Rows that domain_total should have.';
COMMENT ON FUNCTION taster.fresh_network_total(date, bigint) IS
    'Rows that network_total should have.';
COMMENT ON FUNCTION taster.fresh_domain_address_total(date, bigint) IS
    'Rows that domain_address_total should have.';
COMMENT ON FUNCTION taster.fresh_forged_address_total(date, bigint) IS
    'Rows that forged_address_total should have; after '
    'domain_address_total.';
