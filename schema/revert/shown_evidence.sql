-- Revert taster:shown_evidence from pg

BEGIN;

SET LOCAL ROLE taster_owner;
SET LOCAL check_function_bodies = off;

CREATE OR REPLACE FUNCTION taster.roll_up_edition() RETURNS smallint
LANGUAGE sql IMMUTABLE
AS $$ SELECT 1::smallint $$;

CREATE OR REPLACE FUNCTION taster.roll_up(of_day date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET jit = off
SET work_mem = '64MB'
-- A partition that has just been filled has no statistics: the planner takes
-- it for empty and would join by nested loops.
SET enable_nestloop = off
SET enable_mergejoin = off
AS $$
DECLARE
    at_least bigint := (SELECT floor FROM taster.publication);
    begun timestamptz := clock_timestamp();
    seen bigint := (SELECT counters FROM taster.day_counters()
                    WHERE day = of_day);
    changed bigint := 0;
    kept name;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('taster.roll_up'));
    PERFORM taster.stage_day(of_day);
    PERFORM taster.count_populations();
    PERFORM taster.publish(at_least);
    ANALYZE pg_temp.published;
    PERFORM taster.find_candidates();
    -- In the order in which they rest on one another.
    FOREACH kept IN ARRAY ARRAY['cell', 'witness', 'verdict_day',
        'transport_day', 'coverage', 'injector_day', 'forged_address_day',
        'race_day', 'hop_day', 'control_day', 'domain_address_day',
        'domain_transport_day', 'domain_race_day', 'domain_hop_day']
    LOOP
        changed := changed + taster.settle(kept, of_day, at_least);
    END LOOP;
    INSERT INTO taster.rolled_day AS r (day, counters, floor, edition,
        roll_time, took)
    VALUES (of_day, coalesce(seen, 0), at_least, taster.roll_up_edition(),
            clock_timestamp(), clock_timestamp() - begun)
    ON CONFLICT (day) DO UPDATE
    SET counters = excluded.counters, floor = excluded.floor,
        edition = excluded.edition, roll_time = excluded.roll_time,
        took = excluded.took;
    RETURN changed;
END
$$;

CREATE OR REPLACE VIEW pub.evidence AS
SELECT w.witness, w.batch_day AS day,
    date_trunc('hour', m.query_time, 'UTC') AS hour,
    CASE m.qname WHEN '.' THEN '.' ELSE lower(left(m.qname, -1)) END
        AS domain, m.qname,
    coalesce(qtype.word, 'TYPE' || m.qtype) AS qtype,
    v.country::text AS country, nullif(v.asn, 0) AS asn,
    nullif(n.name, '') AS network_name,
    CASE m.server_kind WHEN 1 THEN 'system' WHEN 3 THEN 'authoritative'
        WHEN 4 THEN 'canary' WHEN 5 THEN 'host'
        ELSE coalesce(p.operator, 'other') END AS server,
    server_kind.word AS server_kind, transport.word AS transport,
    outcome.word AS outcome,
    extract(epoch FROM m.window_length)::double precision * 1000 AS window_ms,
    m.query, class.word AS class, mechanism.word AS mechanism,
    nullif(d.injector_id, '') AS injector_id, r.version AS ruleset,
    w.agreement
FROM taster.witness AS w
JOIN taster.measurement AS m USING (vantage_id, batch_day, batch_id, ordinal)
JOIN taster.vantage AS v USING (vantage_id)
LEFT JOIN taster.verdict AS d
    ON (d.vantage_id, d.batch_day, d.batch_id, d.ordinal, d.reply)
     = (w.vantage_id, w.batch_day, w.batch_id, w.ordinal, 0)
LEFT JOIN taster.ruleset AS r USING (ruleset_id)
LEFT JOIN taster.network AS n ON n.asn = v.asn
LEFT JOIN taster.public_resolver AS p ON p.address = m.server
LEFT JOIN taster.vocabulary AS qtype
    ON qtype.kind = 'qtype' AND qtype.code = m.qtype
LEFT JOIN taster.vocabulary AS server_kind
    ON server_kind.kind = 'server_kind' AND server_kind.code = m.server_kind
LEFT JOIN taster.vocabulary AS transport
    ON transport.kind = 'transport' AND transport.code = m.transport
LEFT JOIN taster.vocabulary AS outcome
    ON outcome.kind = 'outcome' AND outcome.code = m.outcome
LEFT JOIN taster.vocabulary AS class
    ON class.kind = 'class' AND class.code = d.class
LEFT JOIN taster.vocabulary AS mechanism
    ON mechanism.kind = 'mechanism' AND mechanism.code = d.mechanism;

CREATE OR REPLACE VIEW pub.evidence_reply AS
SELECT w.witness, a.reply,
    extract(epoch FROM a.arrival_offset)::double precision * 1000
        AS offset_ms,
    CASE WHEN m.server_kind <> 1 THEN a.source END AS source, a.ip_ttl,
    a.dont_fragment, a.ip_id_zero, fit.word AS fit,
    coalesce(rcode.word, 'RCODE' || a.rcode) AS rcode, a.flags, a.addresses,
    a.rr_ttl, defect.word AS defect, a.message, class.word AS class,
    mechanism.word AS mechanism, nullif(d.injector_id, '') AS injector_id
FROM taster.witness AS w
JOIN taster.measurement AS m USING (vantage_id, batch_day, batch_id, ordinal)
JOIN taster.response AS a USING (vantage_id, batch_day, batch_id, ordinal)
LEFT JOIN taster.verdict AS d
    ON (d.vantage_id, d.batch_day, d.batch_id, d.ordinal, d.reply)
     = (w.vantage_id, w.batch_day, w.batch_id, w.ordinal, a.reply)
LEFT JOIN taster.vocabulary AS fit ON fit.kind = 'fit' AND fit.code = a.fit
LEFT JOIN taster.vocabulary AS rcode
    ON rcode.kind = 'rcode' AND rcode.code = a.rcode
LEFT JOIN taster.vocabulary AS defect
    ON defect.kind = 'defect' AND defect.code = a.defect
LEFT JOIN taster.vocabulary AS class
    ON class.kind = 'class' AND class.code = d.class
LEFT JOIN taster.vocabulary AS mechanism
    ON mechanism.kind = 'mechanism' AND mechanism.code = d.mechanism;

CREATE OR REPLACE VIEW pub.evidence_finding AS
SELECT w.witness, f.reply, f.rule_id, f.subject, f.reason
FROM taster.witness AS w
JOIN taster.finding AS f USING (vantage_id, batch_day, batch_id, ordinal);

DROP FUNCTION taster.fresh_shown_finding(date, bigint),
    taster.fresh_shown_reply(date, bigint),
    taster.fresh_shown_evidence(date, bigint);
DROP TABLE taster.shown_finding, taster.shown_reply, taster.shown_evidence;

COMMIT;
