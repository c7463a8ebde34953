-- Deploy taster:pub to pg
-- What researchers and pages read. Views hide columns, not rows, and run as
-- their owner, so that a reader needs nothing in schema taster. None needs
-- security_barrier: a row that a view leaves out holds no secret.

BEGIN;

-- Each program checks at start that the schema is the one it was made for.
-- The registry is not there where the scripts were run without sqitch.
DO $$
BEGIN
    IF to_regclass('sqitch.changes') IS NOT NULL THEN
        GRANT USAGE ON SCHEMA sqitch
            TO taster_ingest, taster_judge, taster_enroll, taster_reader;
        GRANT SELECT ON sqitch.changes
            TO taster_ingest, taster_judge, taster_enroll, taster_reader;
    END IF;
END
$$;

SET LOCAL ROLE taster_owner;

CREATE VIEW pub.vocabulary AS
SELECT kind, code, word, meaning
FROM taster.vocabulary;

CREATE VIEW pub.vantage AS
SELECT vantage_id, role, country, asn,
    (enroll_time AT TIME ZONE 'UTC')::date AS enroll_day,
    revoke_time IS NULL AS is_admitted
FROM taster.vantage;

CREATE VIEW pub.measurement AS
SELECT m.vantage_id, vantage.country, vantage.asn, m.batch_day, m.batch_id,
    m.ordinal, m.set_ordinal, question_role.word AS question_role, m.qname,
    coalesce(qtype.word, 'TYPE' || m.qtype) AS qtype, m.server, m.server_port,
    server_kind.word AS server_kind, transport.word AS transport,
    m.query_time, m.window_length, m.source_port, m.query_ip_ttl,
    outcome.word AS outcome, m.response_count, m.uncounted_responses, m.retry,
    m.query
FROM taster.measurement AS m
LEFT JOIN taster.vantage USING (vantage_id)
LEFT JOIN taster.vocabulary AS question_role
    ON question_role.kind = 'question_role'
    AND question_role.code = m.question_role
LEFT JOIN taster.vocabulary AS qtype
    ON qtype.kind = 'qtype' AND qtype.code = m.qtype
LEFT JOIN taster.vocabulary AS server_kind
    ON server_kind.kind = 'server_kind' AND server_kind.code = m.server_kind
LEFT JOIN taster.vocabulary AS transport
    ON transport.kind = 'transport' AND transport.code = m.transport
LEFT JOIN taster.vocabulary AS outcome
    ON outcome.kind = 'outcome' AND outcome.code = m.outcome;

CREATE VIEW pub.response AS
SELECT r.vantage_id, r.batch_day, r.batch_id, r.ordinal, r.reply,
    r.arrival_offset, r.source, r.source_port, r.ip_ttl, r.dont_fragment,
    r.ip_id_zero, fit.word AS fit, r.flags,
    coalesce(rcode.word, 'RCODE' || r.rcode) AS rcode, r.addresses, r.rr_ttl,
    defect.word AS defect, r.message, r.original_size
FROM taster.response AS r
LEFT JOIN taster.vocabulary AS fit ON fit.kind = 'fit' AND fit.code = r.fit
LEFT JOIN taster.vocabulary AS rcode
    ON rcode.kind = 'rcode' AND rcode.code = r.rcode
LEFT JOIN taster.vocabulary AS defect
    ON defect.kind = 'defect' AND defect.code = r.defect;

CREATE VIEW pub.set_verdict AS
SELECT s.vantage_id, vantage.country, vantage.asn, s.batch_day, s.batch_id,
    s.set_ordinal, s.qname, class.word AS class, mechanism.word AS mechanism,
    nullif(s.injector_id, '') AS injector_id, ruleset.version AS ruleset,
    s.is_open, s.judge_time
FROM taster.set_verdict AS s
LEFT JOIN taster.vantage USING (vantage_id)
LEFT JOIN taster.ruleset USING (ruleset_id)
LEFT JOIN taster.vocabulary AS class
    ON class.kind = 'class' AND class.code = s.class
LEFT JOIN taster.vocabulary AS mechanism
    ON mechanism.kind = 'mechanism' AND mechanism.code = s.mechanism;

CREATE VIEW pub.verdict AS
SELECT v.vantage_id, v.batch_day, v.batch_id, v.ordinal, v.reply,
    class.word AS class, mechanism.word AS mechanism,
    nullif(v.injector_id, '') AS injector_id, ruleset.version AS ruleset
FROM taster.verdict AS v
LEFT JOIN taster.ruleset USING (ruleset_id)
LEFT JOIN taster.vocabulary AS class
    ON class.kind = 'class' AND class.code = v.class
LEFT JOIN taster.vocabulary AS mechanism
    ON mechanism.kind = 'mechanism' AND mechanism.code = v.mechanism;

CREATE VIEW pub.finding AS
SELECT vantage_id, batch_day, batch_id, ordinal, reply, rule_id, subject,
    reason
FROM taster.finding;

CREATE VIEW pub.cell AS
SELECT c.qname, vantage.country, vantage.asn, c.batch_day,
    sum(c.set_count)::bigint AS set_count,
    count(DISTINCT c.vantage_id) AS vantage_count,
    coalesce(sum(c.set_count) FILTER (WHERE c.class = 0), 0)::bigint
        AS consistent_count,
    coalesce(sum(c.set_count) FILTER (WHERE c.class = 1), 0)::bigint
        AS insufficient_count,
    coalesce(sum(c.set_count) FILTER (WHERE c.class = 2), 0)::bigint
        AS ambiguous_count,
    coalesce(sum(c.set_count) FILTER (WHERE c.class = 3), 0)::bigint
        AS filtered_count,
    coalesce(sum(c.set_count) FILTER (WHERE c.class = 4), 0)::bigint
        AS likely_poisoned_count,
    coalesce(sum(c.set_count) FILTER (WHERE c.class = 5), 0)::bigint
        AS poisoned_count,
    coalesce(sum(c.set_count) FILTER (WHERE c.class = 6), 0)::bigint
        AS down_count,
    coalesce(sum(c.set_count) FILTER (WHERE c.class = 7), 0)::bigint
        AS blocked_count,
    count(DISTINCT c.vantage_id) FILTER (WHERE c.class IN (4, 5))
        AS poisoned_vantage_count,
    coalesce(array_agg(DISTINCT mechanism.word ORDER BY mechanism.word)
             FILTER (WHERE c.mechanism <> 0), '{}') AS mechanisms,
    coalesce(array_agg(DISTINCT c.injector_id ORDER BY c.injector_id)
             FILTER (WHERE c.injector_id <> ''), '{}') AS injectors
FROM taster.vantage_cell AS c
JOIN taster.vantage USING (vantage_id)
LEFT JOIN taster.vocabulary AS mechanism
    ON mechanism.kind = 'mechanism' AND mechanism.code = c.mechanism
WHERE vantage.role = 'probe' AND c.set_count > 0
GROUP BY c.qname, vantage.country, vantage.asn, c.batch_day;

CREATE VIEW pub.control_answer AS
SELECT a.qname, coalesce(qtype.word, 'TYPE' || a.qtype) AS qtype,
    kind.word AS kind, a.address, a.vantage_id, vantage.country, vantage.asn,
    a.first_time, a.last_time
FROM taster.control_answer AS a
LEFT JOIN taster.vantage USING (vantage_id)
LEFT JOIN taster.vocabulary AS qtype
    ON qtype.kind = 'qtype' AND qtype.code = a.qtype
LEFT JOIN taster.vocabulary AS kind
    ON kind.kind = 'control_kind' AND kind.code = a.kind;

CREATE VIEW pub.injector AS
SELECT injector_id, name, country, source
FROM taster.injector;

CREATE VIEW pub.injector_fingerprint AS
SELECT injector_id, since, until, aa, aa_iff_not_rd, rd_echoed, dont_fragment,
    ip_id_zero, owner_is_pointer, rr_ttl, pools, source
FROM taster.injector_fingerprint;

CREATE VIEW pub.forged_pool AS
SELECT pool_id, family, ordered, since, until, source
FROM taster.forged_pool;

CREATE VIEW pub.forged_address AS
SELECT pool_id, position, address
FROM taster.forged_address;

GRANT SELECT ON pub.vocabulary, pub.vantage, pub.measurement, pub.response,
    pub.set_verdict, pub.verdict, pub.finding, pub.cell, pub.control_answer,
    pub.injector, pub.injector_fingerprint, pub.forged_pool,
    pub.forged_address TO taster_reader;

\ir pub/comments.sql

COMMIT;
