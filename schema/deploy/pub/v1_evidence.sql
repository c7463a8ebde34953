-- The measurements that stand for published cells, as they were copied.

CREATE VIEW pub.evidence AS
SELECT s.witness, s.day, s.hour,
    CASE s.qname WHEN '.' THEN '.' ELSE lower(left(s.qname, -1)) END
        AS domain, s.qname,
    coalesce(qtype.word, 'TYPE' || s.qtype) AS qtype, s.country, s.asn,
    nullif(n.name, '') AS network_name, s.server,
    server_kind.word AS server_kind, transport.word AS transport,
    outcome.word AS outcome, s.window_ms, s.query, class.word AS class,
    mechanism.word AS mechanism, s.injector_id, s.ruleset, s.agreement
FROM taster.shown_evidence AS s
LEFT JOIN taster.network AS n USING (asn)
LEFT JOIN taster.vocabulary AS qtype
    ON qtype.kind = 'qtype' AND qtype.code = s.qtype
LEFT JOIN taster.vocabulary AS server_kind
    ON server_kind.kind = 'server_kind' AND server_kind.code = s.server_kind
LEFT JOIN taster.vocabulary AS transport
    ON transport.kind = 'transport' AND transport.code = s.transport
LEFT JOIN taster.vocabulary AS outcome
    ON outcome.kind = 'outcome' AND outcome.code = s.outcome
LEFT JOIN taster.vocabulary AS class
    ON class.kind = 'class' AND class.code = s.class
LEFT JOIN taster.vocabulary AS mechanism
    ON mechanism.kind = 'mechanism' AND mechanism.code = s.mechanism;

CREATE VIEW pub.evidence_reply AS
SELECT s.witness, s.reply, s.offset_ms, s.source, s.ip_ttl, s.dont_fragment,
    s.ip_id_zero, fit.word AS fit,
    coalesce(rcode.word, 'RCODE' || s.rcode) AS rcode, s.flags, s.addresses,
    s.rr_ttl, defect.word AS defect, s.message, class.word AS class,
    mechanism.word AS mechanism, s.injector_id
FROM taster.shown_reply AS s
LEFT JOIN taster.vocabulary AS fit ON fit.kind = 'fit' AND fit.code = s.fit
LEFT JOIN taster.vocabulary AS rcode
    ON rcode.kind = 'rcode' AND rcode.code = s.rcode
LEFT JOIN taster.vocabulary AS defect
    ON defect.kind = 'defect' AND defect.code = s.defect
LEFT JOIN taster.vocabulary AS class
    ON class.kind = 'class' AND class.code = s.class
LEFT JOIN taster.vocabulary AS mechanism
    ON mechanism.kind = 'mechanism' AND mechanism.code = s.mechanism;

CREATE VIEW pub.evidence_finding AS
SELECT witness, reply, rule_id, subject, reason
FROM taster.shown_finding;
