-- Deploy taster:dnssec_proof to pg
-- What controls' answers are proved by: chains of DNSSEC, from the answer to the
-- root, so that anybody can validate them again.

BEGIN;

SET LOCAL ROLE taster_owner;

INSERT INTO taster.vocabulary (kind, code, word, meaning) VALUES
('question_role', 9, 'proof',
 'Asks for keys of zones around the target, or for their digests.'),
('dnssec_result', 1, 'secure', 'Signed, from the root to the answer.'),
('dnssec_result', 2, 'insecure',
 'Proved to lie below a zone that is not signed.'),
('dnssec_result', 3, 'bogus', 'Should be signed, and is not, or wrongly.'),
('dnssec_result', 4, 'unvalidated',
 'Nobody knows: something is missing, not known, or too much work.');

CREATE TABLE taster.dnssec_link (
    link_hash  bytea       PRIMARY KEY,
    qname      text        NOT NULL,
    qtype      integer     NOT NULL,
    message    bytea       NOT NULL,
    first_time timestamptz NOT NULL,
    last_time  timestamptz NOT NULL,

    CONSTRAINT link_hash_has_its_size CHECK (octet_length(link_hash) = 32),
    CONSTRAINT message_is_bounded
        CHECK (octet_length(message) BETWEEN 12 AND 16384)
);

CREATE INDEX dnssec_link_by_name
    ON taster.dnssec_link (qname, qtype, last_time);

COMMENT ON TABLE taster.dnssec_link IS
    'Links of chains: answers, and keys of zones with their digests. Chains '
    'that have one in common share its row.';
COMMENT ON COLUMN taster.dnssec_link.link_hash IS 'BLAKE2b-256 of message.';
COMMENT ON COLUMN taster.dnssec_link.qname IS
    'What was asked; lower-case presentation format, trailing dot.';
COMMENT ON COLUMN taster.dnssec_link.qtype IS 'Query type; vocabulary qtype.';
COMMENT ON COLUMN taster.dnssec_link.message IS
    'The response in canonical form: records, signatures and denials as they '
    'came, in the order and case that are signed, id 0, not compressed.';
COMMENT ON COLUMN taster.dnssec_link.first_time IS
    'When it was first part of an answer''s proof.';
COMMENT ON COLUMN taster.dnssec_link.last_time IS 'When it was last.';

CREATE TABLE taster.dnssec_proof (
    vantage_id   bigint      NOT NULL,
    qname        text        NOT NULL,
    qtype        integer     NOT NULL,
    proof_day    date        NOT NULL,
    measure_time timestamptz NOT NULL,
    result       smallint    NOT NULL,
    reason       text        NOT NULL,
    valid_from   timestamptz,
    valid_until  timestamptz,
    links        bytea []    NOT NULL,

    PRIMARY KEY (vantage_id, qname, qtype, proof_day),
    CONSTRAINT chain_is_bounded CHECK (cardinality(links) BETWEEN 1 AND 64),
    CONSTRAINT reason_of_proof_is_bounded CHECK (length(reason) <= 2048),
    CONSTRAINT validity_iff_proved CHECK (
        (result IN (1, 2)) = (valid_from IS NOT NULL)
        AND (valid_from IS NULL) = (valid_until IS NULL))
);

CREATE INDEX dnssec_proof_by_name ON taster.dnssec_proof (qname, qtype);

COMMENT ON TABLE taster.dnssec_proof IS
    'What DNSSEC says of an answer that a control got: the best of a day.';
COMMENT ON COLUMN taster.dnssec_proof.vantage_id IS
    'Control vantage point that got it; row of vantage.';
COMMENT ON COLUMN taster.dnssec_proof.qname IS
    'Lower-case presentation format, trailing dot.';
COMMENT ON COLUMN taster.dnssec_proof.qtype IS 'Query type; vocabulary qtype.';
COMMENT ON COLUMN taster.dnssec_proof.proof_day IS 'UTC day of measure_time.';
COMMENT ON COLUMN taster.dnssec_proof.measure_time IS
    'When the answer was measured: signatures are held against that time.';
COMMENT ON COLUMN taster.dnssec_proof.result IS 'Vocabulary dnssec_result.';
COMMENT ON COLUMN taster.dnssec_proof.reason IS
    'Why it is not secure; empty: it is.';
COMMENT ON COLUMN taster.dnssec_proof.valid_from IS
    'From then on every signature of the chain was valid; NULL: nothing is '
    'proved.';
COMMENT ON COLUMN taster.dnssec_proof.valid_until IS 'And until then.';
COMMENT ON COLUMN taster.dnssec_proof.links IS
    'The chain: rows of dnssec_link, the answer first.';

CREATE VIEW analysis.dnssec_proof AS
SELECT p.vantage_id AS control, p.qname,
    coalesce(qtype.word, 'TYPE' || p.qtype) AS qtype, p.proof_day,
    p.measure_time, result.word AS result, p.reason, p.valid_from,
    p.valid_until,
    (SELECT string_agg(
        int2send(octet_length(l.message)::smallint) || l.message, ''::bytea
        ORDER BY link.place)
     FROM unnest(p.links) WITH ORDINALITY AS link (link_hash, place)
     INNER JOIN taster.dnssec_link AS l USING (link_hash)) AS chain
FROM taster.dnssec_proof AS p
LEFT JOIN taster.vocabulary AS qtype
    ON qtype.kind = 'qtype' AND qtype.code = p.qtype
LEFT JOIN taster.vocabulary AS result
    ON result.kind = 'dnssec_result' AND result.code = p.result;

COMMENT ON VIEW analysis.dnssec_proof IS
    'What DNSSEC says of answers that controls got, with the chain that it '
    'rests on. Key: control, qname, qtype, proof_day.';
COMMENT ON COLUMN analysis.dnssec_proof.control IS
    'Number of the control vantage point.';
COMMENT ON COLUMN analysis.dnssec_proof.qname IS
    'Lower-case presentation format, trailing dot.';
COMMENT ON COLUMN analysis.dnssec_proof.qtype IS 'Query type.';
COMMENT ON COLUMN analysis.dnssec_proof.proof_day IS
    'UTC day of measure_time.';
COMMENT ON COLUMN analysis.dnssec_proof.measure_time IS
    'When the answer was measured: signatures are held against that time.';
COMMENT ON COLUMN analysis.dnssec_proof.result IS
    'secure, insecure, bogus or unvalidated.';
COMMENT ON COLUMN analysis.dnssec_proof.reason IS
    'Why it is not secure; empty: it is.';
COMMENT ON COLUMN analysis.dnssec_proof.valid_from IS
    'From then on every signature of the chain was valid; NULL: nothing is '
    'proved.';
COMMENT ON COLUMN analysis.dnssec_proof.valid_until IS 'And until then.';
COMMENT ON COLUMN analysis.dnssec_proof.chain IS
    'The answer, then DS and DNSKEY of the zones around it: DNS messages, each '
    'behind its length in two bytes, as over TCP.';

GRANT SELECT, INSERT, UPDATE (first_time, last_time)
    ON taster.dnssec_link TO taster_ingest;
GRANT SELECT, INSERT, UPDATE (measure_time, result, reason, valid_from,
    valid_until, links) ON taster.dnssec_proof TO taster_ingest;
GRANT SELECT ON taster.dnssec_link, taster.dnssec_proof TO taster_judge;
GRANT SELECT ON analysis.dnssec_proof TO taster_analyst;

COMMIT;
