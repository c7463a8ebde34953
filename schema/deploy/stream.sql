-- Deploy taster:stream to pg
-- What connections showed beside the messages they carried.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.stream (
    vantage_id        bigint   NOT NULL,
    batch_day         date     NOT NULL,
    batch_id          uuid     NOT NULL,
    ordinal           smallint NOT NULL,
    server_name       text     NOT NULL,
    phase             smallint NOT NULL,
    bytes_received    bigint   NOT NULL,
    connect_time      interval,
    handshake_time    interval,
    tls_alert         smallint,
    http_status       smallint,
    certificate_fault smallint,
    certificates      bytea[]  NOT NULL
) PARTITION BY RANGE (batch_day);

SELECT taster.make_days('stream');

COMMENT ON TABLE taster.stream IS
    'One row for each measurement over TCP, TLS or HTTPS: how far the '
    'connection came.';
COMMENT ON COLUMN taster.stream.vantage_id IS
    'Vantage point that measured; row of vantage.';
COMMENT ON COLUMN taster.stream.batch_day IS
    'The UTC day inside batch_id: the partition a batch belongs to for ever, '
    'however late it arrives.';
COMMENT ON COLUMN taster.stream.batch_id IS
    'Chosen by the probe: day number since 1970-01-01 (4 bytes, big-endian), '
    'random (12 bytes).';
COMMENT ON COLUMN taster.stream.ordinal IS
    'Index of the measurement within the batch, from 0.';
COMMENT ON COLUMN taster.stream.server_name IS
    'The name that the certificate had to be valid for and that SNI told; '
    'empty: the server''s address, or no TLS.';
COMMENT ON COLUMN taster.stream.phase IS
    'The last phase that began; vocabulary stream_phase.';
COMMENT ON COLUMN taster.stream.bytes_received IS
    'Bytes that arrived from the peer in that phase.';
COMMENT ON COLUMN taster.stream.connect_time IS
    'Until the connection stood; NULL: it never did.';
COMMENT ON COLUMN taster.stream.handshake_time IS
    'From then until TLS stood; NULL: it never did, or there was none.';
COMMENT ON COLUMN taster.stream.tls_alert IS
    'The alert that ended TLS (RFC 8446 section 6); NULL: none came.';
COMMENT ON COLUMN taster.stream.http_status IS
    'HTTP status of the answer; NULL: none came, or no HTTP.';
COMMENT ON COLUMN taster.stream.certificate_fault IS
    'What is wrong with the chain for the name; vocabulary '
    'certificate_fault. NULL: nothing is, or no chain came.';
COMMENT ON COLUMN taster.stream.certificates IS
    'The chain as the peer sent it, DER, its own first, where something is '
    'wrong with it; else empty.';

INSERT INTO taster.vocabulary (kind, code, word, meaning) VALUES
('outcome', 10, 'refused', 'TCP: a reset answered the SYN.'),
('outcome', 11, 'reset', 'TCP: a connection that stood was reset.'),
('outcome', 12, 'closed', 'The peer closed before a message had come.'),
('outcome', 13, 'tls_alert', 'TLS ended with an alert of the peer''s.'),
('outcome', 14, 'tls_failed', 'The peer does not speak TLS as we do.'),
('outcome', 15, 'certificate', 'The certificate is not valid for the name.'),
('outcome', 16, 'http', 'An HTTP status other than 200, or no DNS message.'),

('question_role', 4, 'trace', 'A step of a TTL-limited series.'),
('question_role', 5, 'trace_control_name',
 'The same for the control name, along the same 5-tuple.'),

('stream_phase', 1, 'connect', 'The connection was being made.'),
('stream_phase', 2, 'handshake', 'TLS was being agreed on.'),
('stream_phase', 3, 'exchange', 'The question was sent.'),

('certificate_fault', 1, 'name', 'Valid, but for other names.'),
('certificate_fault', 2, 'expired', 'Its time is over.'),
('certificate_fault', 3, 'not_yet_valid', 'Its time has not come.'),
('certificate_fault', 4, 'unknown_issuer', 'The issuer is not trusted.'),
('certificate_fault', 5, 'self_signed', 'Signed by itself.'),
('certificate_fault', 6, 'revoked', 'Revoked by its issuer.'),
('certificate_fault', 7, 'other', 'Anything else.');

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
COMMENT ON COLUMN pub.stream.vantage_id IS 'Vantage point that measured.';
COMMENT ON COLUMN pub.stream.batch_day IS 'The UTC day inside batch_id.';
COMMENT ON COLUMN pub.stream.batch_id IS 'The batch it came in.';
COMMENT ON COLUMN pub.stream.ordinal IS
    'Index of the measurement within the batch, from 0.';
COMMENT ON COLUMN pub.stream.server_name IS
    'The name that the certificate had to be valid for; NULL: the address.';
COMMENT ON COLUMN pub.stream.phase IS
    'The last phase that began: connect, handshake or exchange.';
COMMENT ON COLUMN pub.stream.bytes_received IS
    'Bytes that arrived from the peer in that phase.';
COMMENT ON COLUMN pub.stream.connect_time IS
    'Until the connection stood; NULL: it never did.';
COMMENT ON COLUMN pub.stream.handshake_time IS
    'From then until TLS stood; NULL: it never did, or there was none.';
COMMENT ON COLUMN pub.stream.tls_alert IS
    'The alert that ended TLS (RFC 8446 section 6); NULL: none came.';
COMMENT ON COLUMN pub.stream.http_status IS
    'HTTP status of the answer; NULL: none came, or no HTTP.';
COMMENT ON COLUMN pub.stream.certificate_fault IS
    'What is wrong with the chain for the name; NULL: nothing is, or no '
    'chain came.';
COMMENT ON COLUMN pub.stream.certificates IS
    'The chain as the peer sent it, DER, where something is wrong with it.';

GRANT SELECT, INSERT ON taster.stream TO taster_ingest;
GRANT SELECT ON taster.stream TO taster_judge;
GRANT SELECT ON pub.stream TO taster_reader;

COMMIT;

DO $$ BEGIN PERFORM taster.maintain(); END $$;
