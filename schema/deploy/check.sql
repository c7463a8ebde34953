-- Deploy taster:check to pg
-- Connections to answered addresses, as clients of the name make them.

BEGIN;

SET LOCAL ROLE taster_owner;

INSERT INTO taster.vocabulary (kind, code, word, meaning) VALUES
('question_role', 6, 'check',
 'A connection to an answered address, as a client of the target.'),
('question_role', 7, 'check_control_name', 'The same for the control name.'),
('server_kind', 5, 'host', 'The host that an answer leads to.'),
('outcome', 17, 'served',
 'The service answered, behind a certificate of the name''s.'),
('control_kind', 4, 'served', 'The address serves the name.'),
('control_kind', 5, 'unserved',
 'The certificate at the address is not the name''s.');

ALTER TABLE taster.stream
ADD COLUMN redirect_host text NOT NULL DEFAULT '';

COMMENT ON COLUMN taster.stream.redirect_host IS
    'Of a check over HTTPS: the host that the answer''s Location leads to; '
    'empty: nowhere else.';

CREATE OR REPLACE VIEW pub.stream AS
SELECT s.vantage_id, s.batch_day, s.batch_id, s.ordinal,
    nullif(s.server_name, '') AS server_name, phase.word AS phase,
    s.bytes_received, s.connect_time, s.handshake_time, s.tls_alert,
    s.http_status, fault.word AS certificate_fault, s.certificates,
    nullif(s.redirect_host, '') AS redirect_host
FROM taster.stream AS s
LEFT JOIN taster.vocabulary AS phase
    ON phase.kind = 'stream_phase' AND phase.code = s.phase
LEFT JOIN taster.vocabulary AS fault
    ON fault.kind = 'certificate_fault' AND fault.code = s.certificate_fault;

COMMENT ON COLUMN pub.stream.redirect_host IS
    'Of a check over HTTPS: the host that the answer''s Location leads to; '
    'NULL: nowhere else.';

ALTER TABLE taster.control_answer
ADD COLUMN port integer NOT NULL DEFAULT 0,
ADD COLUMN http_status smallint,
ADD COLUMN redirect_domain text NOT NULL DEFAULT '',
DROP CONSTRAINT one_row_an_answer,
DROP CONSTRAINT address_iff_kind_is_address,
ADD CONSTRAINT one_row_an_answer
    UNIQUE NULLS NOT DISTINCT (qname, qtype, vantage_id, kind, address, port,
                               http_status, redirect_domain),
ADD CONSTRAINT address_iff_kind_has_one
    CHECK ((kind IN (1, 4, 5)) = (address IS NOT NULL)),
ADD CONSTRAINT port_iff_somebody_went_there
    CHECK ((kind IN (4, 5)) = (port > 0));

COMMENT ON COLUMN taster.control_answer.kind IS
    'Address, NODATA or NXDOMAIN, or what a check of an address showed; '
    'vocabulary control_kind.';
COMMENT ON COLUMN taster.control_answer.address IS
    'One address of the answer, or the one that was checked; NULL where the '
    'name has none.';
COMMENT ON COLUMN taster.control_answer.port IS
    'Where the service was checked; 0: no check.';
COMMENT ON COLUMN taster.control_answer.http_status IS
    'What the service said over HTTP; NULL: nothing, or no HTTP.';
COMMENT ON COLUMN taster.control_answer.redirect_domain IS
    'Registrable domain that the service led to; empty: none but the name''s '
    'own.';

CREATE OR REPLACE VIEW pub.control_answer AS
SELECT a.qname, coalesce(qtype.word, 'TYPE' || a.qtype) AS qtype,
    kind.word AS kind, a.address, a.vantage_id, vantage.country, vantage.asn,
    a.first_time, a.last_time, nullif(a.port, 0) AS port, a.http_status,
    nullif(a.redirect_domain, '') AS redirect_domain
FROM taster.control_answer AS a
LEFT JOIN taster.vantage USING (vantage_id)
LEFT JOIN taster.vocabulary AS qtype
    ON qtype.kind = 'qtype' AND qtype.code = a.qtype
LEFT JOIN taster.vocabulary AS kind
    ON kind.kind = 'control_kind' AND kind.code = a.kind;

COMMENT ON COLUMN pub.control_answer.port IS
    'Where the service was checked; NULL: no check.';
COMMENT ON COLUMN pub.control_answer.http_status IS
    'What the service said over HTTP; NULL: nothing, or no HTTP.';
COMMENT ON COLUMN pub.control_answer.redirect_domain IS
    'Registrable domain that the service led to; NULL: none but the name''s '
    'own.';

COMMIT;
