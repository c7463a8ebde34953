-- What of the day's evidence is shown: the witnesses'.

CREATE FUNCTION taster.fresh_shown_evidence(of_day date, at_least bigint)
RETURNS SETOF taster.shown_evidence
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT of_day, w.witness, date_trunc('hour', m.query_time, 'UTC'),
        m.qname, m.qtype, v.country::text, nullif(v.asn, 0),
        CASE m.server_kind WHEN 1 THEN 'system' WHEN 3 THEN 'authoritative'
            WHEN 4 THEN 'canary' WHEN 5 THEN 'host'
            ELSE coalesce(p.operator, 'other') END,
        m.server_kind, m.transport, m.outcome,
        date_part('epoch', m.window_length) * 1000, m.query, d.class,
        d.mechanism, nullif(d.injector_id, ''), r.version, w.agreement
    FROM taster.witness AS w
    JOIN taster.measurement AS m
        ON m.vantage_id = w.vantage_id AND m.batch_id = w.batch_id
        AND m.ordinal = w.ordinal
    JOIN taster.vantage AS v ON v.vantage_id = w.vantage_id
    LEFT JOIN taster.verdict AS d
        ON d.vantage_id = w.vantage_id AND d.batch_id = w.batch_id
        AND d.ordinal = w.ordinal AND d.reply = 0 AND d.batch_day = of_day
    LEFT JOIN taster.ruleset AS r USING (ruleset_id)
    LEFT JOIN taster.public_resolver AS p ON p.address = m.server
    WHERE w.day = of_day AND m.batch_day = of_day
$$;

CREATE FUNCTION taster.fresh_shown_reply(of_day date, at_least bigint)
RETURNS SETOF taster.shown_reply
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT of_day, w.witness, a.reply,
        date_part('epoch', a.arrival_offset) * 1000,
        CASE WHEN s.server_kind <> 1 THEN a.source END, a.ip_ttl,
        a.dont_fragment, a.ip_id_zero, a.fit, a.rcode, a.flags, a.addresses,
        a.rr_ttl, a.defect, a.message, d.class, d.mechanism,
        nullif(d.injector_id, '')
    FROM taster.witness AS w
    JOIN taster.shown_evidence AS s USING (witness)
    JOIN taster.response AS a
        ON a.vantage_id = w.vantage_id AND a.batch_id = w.batch_id
        AND a.ordinal = w.ordinal
    LEFT JOIN taster.verdict AS d
        ON d.vantage_id = w.vantage_id AND d.batch_id = w.batch_id
        AND d.ordinal = w.ordinal AND d.reply = a.reply
        AND d.batch_day = of_day
    WHERE w.day = of_day AND a.batch_day = of_day
$$;

CREATE FUNCTION taster.fresh_shown_finding(of_day date, at_least bigint)
RETURNS SETOF taster.shown_finding
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT DISTINCT ON (w.witness, f.reply, f.rule_id, f.subject) of_day,
        w.witness, f.reply, f.rule_id, f.subject, f.reason
    FROM taster.witness AS w
    JOIN taster.finding AS f
        ON f.vantage_id = w.vantage_id AND f.batch_id = w.batch_id
        AND f.ordinal = w.ordinal
    WHERE w.day = of_day AND f.batch_day = of_day
    ORDER BY w.witness, f.reply, f.rule_id, f.subject, f.reason
$$;

COMMENT ON FUNCTION taster.fresh_shown_evidence(date, bigint) IS
    'Rows that shown_evidence should have for the day; after witness.';
COMMENT ON FUNCTION taster.fresh_shown_reply(date, bigint) IS
    'Rows that shown_reply should have for the day; after shown_evidence.';
COMMENT ON FUNCTION taster.fresh_shown_finding(date, bigint) IS
    'Rows that shown_finding should have for the day; after witness.';
