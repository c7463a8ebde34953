-- What of a day every later step looks at, gathered once. Temporary tables are
-- the session's and empty themselves at the end of the transaction. In them
-- country '' means the world, asn -1 no single network, asn 0 one not known.

CREATE FUNCTION taster.make_stage() RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF to_regclass('pg_temp.asked') IS NOT NULL THEN
        TRUNCATE pg_temp.asked, pg_temp.answered, pg_temp.probe_cell,
            pg_temp.population, pg_temp.published, pg_temp.candidate;
        RETURN;
    END IF;
    -- Questions of probes for their targets.
    CREATE TEMPORARY TABLE asked (
        vantage_id bigint, batch_id uuid, ordinal smallint,
        set_ordinal smallint, country text, asn bigint, domain text,
        question_role smallint, transport smallint, server text,
        class smallint, has_say boolean, ruleset_id bigint,
        query_time timestamptz
    ) ON COMMIT DELETE ROWS;
    -- Their replies, forged ones and genuine ones. addresses: of forged ones.
    -- upper_ms: the bucket of race that a reply falls into.
    CREATE TEMPORARY TABLE answered (
        vantage_id bigint, batch_id uuid, set_ordinal smallint, country text,
        asn bigint, domain text, transport smallint, is_forged boolean,
        injector_id text, addresses inet[], upper_ms double precision
    ) ON COMMIT DELETE ROWS;
    -- First level by domain and probe. rank: of the worst class with a say;
    -- NULL: none. classes: sets by code of class. mechanisms: bits.
    CREATE TEMPORARY TABLE probe_cell (
        domain text, country text, asn bigint, vantage_id bigint,
        rank smallint, classes bigint[], mechanisms integer, injectors text[]
    ) ON COMMIT DELETE ROWS;
    -- unit: a domain, or '' for whoever measured anything.
    CREATE TEMPORARY TABLE population (
        unit text, scope text, country text, asn bigint, probes bigint
    ) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE published (
        unit text, scope text, country text, asn bigint, probes bigint
    ) ON COMMIT DELETE ROWS;
    -- The measurement that would show a class, for each published network.
    CREATE TEMPORARY TABLE candidate (
        domain text, country text, asn bigint, class smallint, key text
    ) ON COMMIT DELETE ROWS;
END
$$;

-- From no say, 0, to the worst; as the codes of vocabulary class.
CREATE FUNCTION taster.class_rank(class smallint) RETURNS smallint
LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE class WHEN 0 THEN 1 WHEN 6 THEN 2 WHEN 2 THEN 3 WHEN 3 THEN 4
        WHEN 7 THEN 5 WHEN 4 THEN 6 WHEN 5 THEN 7 END::smallint
$$;

CREATE FUNCTION taster.stage_day(of_day date) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM taster.make_stage();
    INSERT INTO pg_temp.asked (vantage_id, batch_id, ordinal, set_ordinal,
        country, asn, domain, question_role, transport, server, class,
        has_say, ruleset_id, query_time)
    SELECT m.vantage_id, m.batch_id, m.ordinal, m.set_ordinal,
        v.country::text, v.asn,
        CASE m.qname WHEN '.' THEN '.' ELSE lower(left(m.qname, -1)) END,
        m.question_role, m.transport,
        CASE m.server_kind WHEN 1 THEN 'system' WHEN 3 THEN 'authoritative'
            WHEN 4 THEN 'canary' WHEN 5 THEN 'host'
            ELSE coalesce(p.operator, 'other') END,
        d.class, d.has_say, d.ruleset_id, m.query_time
    FROM taster.measurement AS m
    JOIN taster.vantage AS v
        ON v.vantage_id = m.vantage_id AND v.role = 'probe'
    JOIN taster.verdict AS d
        ON d.vantage_id = m.vantage_id AND d.batch_id = m.batch_id
        AND d.ordinal = m.ordinal AND d.reply = 0
    LEFT JOIN taster.public_resolver AS p ON p.address = m.server
    WHERE m.batch_day = of_day AND d.batch_day = of_day
    AND m.question_role IN (1, 6);
    ANALYZE pg_temp.asked (vantage_id, domain);

    INSERT INTO pg_temp.answered (vantage_id, batch_id, set_ordinal, country,
        asn, domain, transport, is_forged, injector_id, addresses, upper_ms)
    SELECT a.vantage_id, a.batch_id, a.set_ordinal, a.country, a.asn,
        a.domain, a.transport, d.class <> 0,
        coalesce(nullif(d.injector_id, ''), 'unknown'),
        CASE WHEN d.class <> 0 THEN r.addresses END,
        -- 0.25 * 2^(k/2) ms, with the lowest k that is not below the offset.
        0.25 * power(2::double precision, greatest(0, ceil(2 * ln(greatest(
            date_part('epoch', r.arrival_offset) * 4000, 1))
            / ln(2::double precision) - 1e-9)) / 2)
    FROM pg_temp.asked AS a
    JOIN taster.verdict AS d
        ON d.vantage_id = a.vantage_id AND d.batch_id = a.batch_id
        AND d.ordinal = a.ordinal
    JOIN taster.response AS r
        ON r.vantage_id = d.vantage_id AND r.batch_id = d.batch_id
        AND r.ordinal = d.ordinal AND r.reply = d.reply
    WHERE d.batch_day = of_day AND r.batch_day = of_day
    AND d.reply > 0 AND d.class IN (0, 4, 5) AND a.question_role = 1;

    INSERT INTO pg_temp.probe_cell (domain, country, asn, vantage_id, rank,
        classes, mechanisms, injectors)
    SELECT CASE c.qname WHEN '.' THEN '.' ELSE lower(left(c.qname, -1)) END,
        v.country::text, v.asn, c.vantage_id,
        max(taster.class_rank(c.class)),
        ARRAY[coalesce(sum(c.set_count) FILTER (WHERE c.class = 0), 0),
              coalesce(sum(c.set_count) FILTER (WHERE c.class = 1), 0),
              coalesce(sum(c.set_count) FILTER (WHERE c.class = 2), 0),
              coalesce(sum(c.set_count) FILTER (WHERE c.class = 3), 0),
              coalesce(sum(c.set_count) FILTER (WHERE c.class = 4), 0),
              coalesce(sum(c.set_count) FILTER (WHERE c.class = 5), 0),
              coalesce(sum(c.set_count) FILTER (WHERE c.class = 6), 0),
              coalesce(sum(c.set_count) FILTER (WHERE c.class = 7), 0)
        ]::bigint[],
        bit_or(1 << c.mechanism) & ~1,
        array_agg(DISTINCT c.injector_id) FILTER (WHERE c.injector_id <> '')
    FROM taster.vantage_cell AS c
    JOIN taster.vantage AS v
        ON v.vantage_id = c.vantage_id AND v.role = 'probe'
    WHERE c.batch_day = of_day AND c.set_count > 0
    GROUP BY 1, 2, 3, 4;
    ANALYZE pg_temp.probe_cell (domain, country, asn, vantage_id);
END
$$;

COMMENT ON FUNCTION taster.make_stage() IS
    'Makes the session''s temporary tables of roll_up(), or empties them.';
COMMENT ON FUNCTION taster.class_rank(smallint) IS
    'How bad a class is, from 1; NULL: it has no say (insufficient).';
COMMENT ON FUNCTION taster.stage_day(date) IS
    'Gathers what the steps of roll_up() look at.';
