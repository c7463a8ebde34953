-- Revert taster:check from pg

BEGIN;

DROP VIEW pub.stream;
CREATE VIEW pub.stream AS
SELECT s.vantage_id, s.batch_day, s.batch_id, s.ordinal,
    nullif(s.server_name, '') AS server_name, phase.word AS phase,
    s.bytes_received, s.connect_time, s.handshake_time, s.tls_alert,
    s.http_status, fault.word AS certificate_fault, s.certificates
FROM taster.stream AS s
LEFT JOIN taster.vocabulary AS phase
    ON phase.kind = 'stream_phase' AND phase.code = s.phase
LEFT JOIN taster.vocabulary AS fault
    ON fault.kind = 'certificate_fault' AND fault.code = s.certificate_fault;
COMMENT ON VIEW pub.stream IS
    'How far each connection came; one row for each measurement over TCP, TLS '
    'or HTTPS.';
GRANT SELECT ON pub.stream TO taster_reader;
ALTER TABLE taster.stream DROP COLUMN redirect_host;

DROP VIEW pub.control_answer;
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
COMMENT ON VIEW pub.control_answer IS
    'What control probes in free networks saw for a name: one row for each '
    'distinct answer and control vantage point.';
GRANT SELECT ON pub.control_answer TO taster_reader;
DELETE FROM taster.control_answer WHERE port > 0;
ALTER TABLE taster.control_answer
DROP CONSTRAINT one_row_an_answer,
DROP CONSTRAINT address_iff_kind_has_one,
DROP COLUMN port,
DROP COLUMN http_status,
DROP COLUMN redirect_domain,
ADD CONSTRAINT one_row_an_answer
    UNIQUE NULLS NOT DISTINCT (qname, qtype, vantage_id, kind, address),
ADD CONSTRAINT address_iff_kind_is_address
    CHECK ((kind = 1) = (address IS NOT NULL));

DELETE FROM taster.vocabulary
WHERE (kind = 'question_role' AND code IN (6, 7))
OR (kind = 'server_kind' AND code = 5)
OR (kind = 'outcome' AND code = 17)
OR (kind = 'control_kind' AND code IN (4, 5));

COMMIT;
