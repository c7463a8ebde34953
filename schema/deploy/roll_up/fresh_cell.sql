-- The cells of the staged day, and who is their witness.

-- Published networks only: a witness tells in which one it is. Its order is
-- that of a hash, so that no batch is shown whole where it need not be. What
-- was not asked of a household's own resolver shows more.
CREATE FUNCTION taster.find_candidates() RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO pg_temp.candidate (domain, country, asn, class, key)
    WITH first AS (
        SELECT domain, country, asn, class, batch_id, vantage_id,
            coalesce(min(ordinal) FILTER (WHERE server <> 'system'),
                     min(ordinal)) AS ordinal
        FROM pg_temp.asked
        WHERE has_say
        GROUP BY domain, country, asn, class, batch_id, vantage_id
    )
    SELECT a.domain, a.country, a.asn, a.class,
        min((md5(a.batch_id::text || a.domain) || ' '
             || replace(a.batch_id::text, '-', '') || '-' || a.ordinal || ' '
             || a.vantage_id) COLLATE "C")
    FROM first AS a
    JOIN pg_temp.published AS p
        ON p.unit = a.domain AND p.country = a.country AND p.asn = a.asn
    WHERE p.scope = 'network'
    GROUP BY a.domain, a.country, a.asn, a.class
$$;

-- verdict and agreement of each published cell, and what it was counted from.
CREATE FUNCTION taster.weighed() RETURNS TABLE (domain text, scope text,
    country text, asn bigint, class smallint, agreement real, probes integer,
    affected integer, classes bigint[], mechanisms integer)
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH place AS (
        SELECT domain, CASE grouping(country, asn) WHEN 0 THEN 'network'
                WHEN 1 THEN 'country' ELSE 'world' END AS scope,
            CASE grouping(country) WHEN 0 THEN country ELSE '' END AS country,
            CASE grouping(asn) WHEN 0 THEN asn ELSE -1 END AS asn,
            count(*) AS probes, bit_or(mechanisms) AS mechanisms,
            ARRAY[count(*) FILTER (WHERE rank = 1),
                count(*) FILTER (WHERE rank = 2),
                count(*) FILTER (WHERE rank = 3),
                count(*) FILTER (WHERE rank = 4),
                count(*) FILTER (WHERE rank = 5),
                count(*) FILTER (WHERE rank = 6),
                count(*) FILTER (WHERE rank = 7)] AS say,
            ARRAY[sum(classes[1]), sum(classes[2]), sum(classes[3]),
                sum(classes[4]), sum(classes[5]), sum(classes[6]),
                sum(classes[7]), sum(classes[8])]::bigint[] AS classes
        FROM pg_temp.probe_cell
        GROUP BY GROUPING SETS ((domain, country, asn), (domain, country),
                                (domain))
    ), counted AS (
        SELECT place.domain, place.scope, place.country, place.asn,
            place.probes, place.mechanisms, say, classes,
            greatest(say[1], say[2], say[3], say[4], say[5], say[6], say[7])
                AS top,
            say[1] + say[2] + say[3] + say[4] + say[5] + say[6] + say[7]
                AS voices
        FROM place
        JOIN pg_temp.published AS p
            ON p.unit = place.domain AND p.scope = place.scope
            AND p.country = place.country AND p.asn = place.asn
    ), settled AS (
        SELECT domain, scope, country, asn, probes, mechanisms, say,
            classes, top, voices, array_positions(say, top) AS tops
        FROM counted
    )
    SELECT domain, scope, country, asn,
        (CASE WHEN voices = 0 THEN 1
             WHEN tops = ARRAY[6, 7] THEN 4
             WHEN cardinality(tops) > 1 THEN 2
             ELSE (ARRAY[0, 6, 2, 3, 7, 4, 5])[tops[1]] END)::smallint,
        CASE WHEN voices = 0 THEN NULL
            WHEN tops = ARRAY[6, 7] THEN 2 * top::real / voices
            ELSE top::real / voices END,
        probes::integer, (say[4] + say[5] + say[6] + say[7])::integer,
        classes, mechanisms
    FROM settled
$$;

CREATE FUNCTION taster.fresh_cell(of_day date, at_least bigint)
RETURNS SETOF taster.cell
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH weighed AS MATERIALIZED (
        SELECT domain, scope, country, asn, class, agreement, probes,
            affected, classes, mechanisms
        FROM taster.weighed()
    ), bits AS (
        SELECT mechanisms, array_agg(word ORDER BY word) AS words
        FROM (SELECT DISTINCT mechanisms FROM weighed) AS mask
        JOIN taster.vocabulary
            ON kind = 'mechanism' AND mechanisms & (1 << code) <> 0
        GROUP BY mechanisms
    ), named AS (
        SELECT domain,
            CASE grouping(country) WHEN 0 THEN country ELSE '' END AS country,
            CASE grouping(asn) WHEN 0 THEN asn ELSE -1 END AS asn,
            array_agg(DISTINCT injector_id ORDER BY injector_id) AS injectors
        FROM pg_temp.probe_cell, unnest(injectors) AS injector_id
        GROUP BY GROUPING SETS ((domain, country, asn), (domain, country),
                                (domain))
    ), judged AS (
        SELECT domain, country, asn, max(ruleset_id) AS ruleset_id
        FROM pg_temp.asked
        GROUP BY domain, country, asn
    ), ruled AS (
        SELECT domain,
            CASE grouping(country) WHEN 0 THEN country ELSE '' END AS country,
            CASE grouping(asn) WHEN 0 THEN asn ELSE -1 END AS asn,
            max(ruleset_id) AS ruleset_id
        FROM judged
        GROUP BY GROUPING SETS ((domain, country, asn), (domain, country),
                                (domain))
    ), shown AS (
        SELECT w.domain, w.scope, w.country, w.asn, w.class = c.class AS fits,
            taster.class_rank(c.class) AS rank, c.key
        FROM weighed AS w
        JOIN pg_temp.candidate AS c
            ON c.domain = w.domain AND c.country = w.country AND c.asn = w.asn
        WHERE w.scope = 'network'
        UNION ALL
        SELECT w.domain, w.scope, w.country, w.asn, w.class = c.class,
            taster.class_rank(c.class), c.key
        FROM weighed AS w
        JOIN pg_temp.candidate AS c
            ON c.domain = w.domain AND c.country = w.country
        WHERE w.scope = 'country'
        UNION ALL
        SELECT w.domain, w.scope, w.country, w.asn, w.class = c.class,
            taster.class_rank(c.class), c.key
        FROM weighed AS w
        JOIN pg_temp.candidate AS c ON c.domain = w.domain
        WHERE w.scope = 'world'
    ), best AS (
        SELECT DISTINCT ON (domain, country, asn) domain, country, asn,
            split_part(key, ' ', 2) AS witness
        FROM shown
        ORDER BY domain, country, asn, fits DESC, rank DESC NULLS LAST, key
    )
    SELECT of_day, w.domain, w.scope, nullif(w.country, ''),
        nullif(nullif(w.asn, -1), 0), class.word, w.agreement, w.probes,
        w.affected, (SELECT sum(n) FROM unnest(w.classes) AS n)::bigint,
        w.classes[1], w.classes[2], w.classes[3], w.classes[4], w.classes[5],
        w.classes[6], w.classes[7], w.classes[8],
        coalesce(bits.words, '{}'), coalesce(named.injectors, '{}'),
        best.witness, ruleset.version, clock_timestamp()
    FROM weighed AS w
    JOIN taster.vocabulary AS class
        ON class.kind = 'class' AND class.code = w.class
    LEFT JOIN bits USING (mechanisms)
    LEFT JOIN named USING (domain, country, asn)
    LEFT JOIN ruled USING (domain, country, asn)
    LEFT JOIN taster.ruleset USING (ruleset_id)
    LEFT JOIN best USING (domain, country, asn)
$$;

CREATE FUNCTION taster.fresh_witness(of_day date, at_least bigint)
RETURNS SETOF taster.witness
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT DISTINCT ON (c.witness) of_day, c.witness,
        split_part(k.key, ' ', 3)::bigint, of_day,
        split_part(c.witness, '-', 1)::uuid,
        split_part(c.witness, '-', 2)::smallint, c.agreement
    FROM taster.cell AS c
    JOIN pg_temp.candidate AS k ON split_part(k.key, ' ', 2) = c.witness
    WHERE c.day = of_day
    ORDER BY c.witness, c.scope = 'network' DESC
$$;

COMMENT ON FUNCTION taster.find_candidates() IS
    'Finds the measurement that would show each class of each published cell.';
COMMENT ON FUNCTION taster.weighed() IS
    'The verdict of each published cell, and what it was counted from.';
COMMENT ON FUNCTION taster.fresh_cell(date, bigint) IS
    'Rows that cell should have for the staged day.';
COMMENT ON FUNCTION taster.fresh_witness(date, bigint) IS
    'Rows that witness should have for the staged day; after cell.';
