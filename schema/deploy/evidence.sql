-- Deploy taster:evidence to pg
-- What probes witnessed. Inserted once, never updated: verdicts can be made
-- again from here.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.batch (
    vantage_id        bigint      NOT NULL,
    batch_day         date        NOT NULL,
    batch_id          uuid        NOT NULL,
    payload_hash      bytea       NOT NULL,
    receive_time      timestamptz NOT NULL,
    measurement_count smallint    NOT NULL,
    refused_count     smallint    NOT NULL,
    software          text        NOT NULL,
    target_list       text        NOT NULL,

    PRIMARY KEY (vantage_id, batch_day, batch_id),
    CONSTRAINT payload_hash_is_32_bytes CHECK (length(payload_hash) = 32)
) PARTITION BY RANGE (batch_day);

CREATE TABLE taster.measurement (
    vantage_id       bigint      NOT NULL,
    batch_day        date        NOT NULL,
    batch_id         uuid        NOT NULL,
    ordinal          smallint    NOT NULL,
    set_ordinal      smallint    NOT NULL,
    question_role    smallint    NOT NULL,
    qname            text        NOT NULL,
    qtype            integer     NOT NULL,
    server           inet,
    server_port      integer,
    server_kind      smallint    NOT NULL,
    transport        smallint    NOT NULL,
    query_time       timestamptz NOT NULL,
    window_length    interval    NOT NULL,
    source_port      integer,
    query_ip_ttl     smallint,
    outcome          smallint    NOT NULL,
    response_count   smallint    NOT NULL,
    uncounted_responses integer  NOT NULL,
    retry            smallint    NOT NULL,
    query            bytea       NOT NULL,

    CONSTRAINT qtype_is_16_bits   CHECK (qtype BETWEEN 0 AND 65535)
) PARTITION BY RANGE (batch_day);

CREATE TABLE taster.response (
    vantage_id     bigint   NOT NULL,
    batch_day      date     NOT NULL,
    batch_id       uuid     NOT NULL,
    ordinal        smallint NOT NULL,
    reply          smallint NOT NULL,
    arrival_offset interval NOT NULL,
    source         inet     NOT NULL,
    source_port    integer  NOT NULL,
    ip_ttl         smallint,
    dont_fragment  boolean,
    ip_id_zero     boolean,
    fit            smallint NOT NULL,
    flags          integer  NOT NULL,
    rcode          smallint NOT NULL,
    addresses      inet[]   NOT NULL,
    rr_ttl         bigint,
    defect         smallint NOT NULL,
    message        bytea    NOT NULL,
    original_size  integer
) PARTITION BY RANGE (batch_day);

CREATE TABLE taster.icmp_error (
    vantage_id     bigint   NOT NULL,
    batch_day      date     NOT NULL,
    batch_id       uuid     NOT NULL,
    ordinal        smallint NOT NULL,
    position       smallint NOT NULL,
    offender       inet     NOT NULL,
    icmp_type      smallint NOT NULL,
    icmp_code      smallint NOT NULL,
    arrival_offset interval NOT NULL
) PARTITION BY RANGE (batch_day);

CREATE TABLE taster.redaction (
    vantage_id  bigint   NOT NULL,
    batch_day   date     NOT NULL,
    batch_id    uuid     NOT NULL,
    ordinal     smallint NOT NULL,
    reply       smallint NOT NULL,
    byte_offset integer  NOT NULL,
    byte_length integer  NOT NULL,
    reason      smallint NOT NULL
) PARTITION BY RANGE (batch_day);

COMMENT ON TABLE taster.batch IS
    'The ledger: one row for each batch that was accepted. Its key makes a '
    'batch that is sent twice count once; it stands in the same transaction '
    'as the batch''s evidence and verdicts.';
COMMENT ON COLUMN taster.batch.payload_hash IS
    'BLAKE2b-256 of the payload; the same id with other bytes is a conflict.';
COMMENT ON COLUMN taster.batch.receive_time IS
    'When the batch arrived, by the collector''s clock.';
COMMENT ON COLUMN taster.batch.measurement_count IS
    'Measurements that were stored.';
COMMENT ON COLUMN taster.batch.refused_count IS
    'Measurements that could not be accepted; the receipt lists them.';
COMMENT ON COLUMN taster.batch.software IS
    'Name and version of the software that measured.';
COMMENT ON COLUMN taster.batch.target_list IS
    'The target list that the questions came from; empty: not known.';

COMMENT ON TABLE taster.measurement IS
    'One question asked once from one vantage point.';
COMMENT ON COLUMN taster.measurement.set_ordinal IS
    'Question set within the batch.';
COMMENT ON COLUMN taster.measurement.question_role IS
    'What the question is for; vocabulary question_role.';
COMMENT ON COLUMN taster.measurement.qname IS
    'Lower-case presentation format, trailing dot; escapes as RFC 1035.';
COMMENT ON COLUMN taster.measurement.qtype IS
    'Query type; vocabulary qtype.';
COMMENT ON COLUMN taster.measurement.server IS
    'Address that was asked; NULL: the system did not say which of its '
    'resolvers it asked.';
COMMENT ON COLUMN taster.measurement.server_port IS
    'Port that was asked; NULL as server.';
COMMENT ON COLUMN taster.measurement.server_kind IS
    'What the plan says about the server; vocabulary server_kind.';
COMMENT ON COLUMN taster.measurement.transport IS
    'How the query travelled; vocabulary transport.';
COMMENT ON COLUMN taster.measurement.query_time IS
    'By the probe''s clock: compare with batch.receive_time before trusting.';
COMMENT ON COLUMN taster.measurement.window_length IS
    'How long the probe listened after it had sent the query.';
COMMENT ON COLUMN taster.measurement.source_port IS
    'Local port of the query; NULL: not known.';
COMMENT ON COLUMN taster.measurement.query_ip_ttl IS
    'IP TTL or hop limit the query left with; NULL: the system default.';
COMMENT ON COLUMN taster.measurement.outcome IS
    'What came of the question; vocabulary outcome.';
COMMENT ON COLUMN taster.measurement.response_count IS
    'Rows in response; at most 8.';
COMMENT ON COLUMN taster.measurement.uncounted_responses IS
    'Datagrams beyond the eight that are kept.';
COMMENT ON COLUMN taster.measurement.retry IS
    'How often the query had been sent before; 0 for the first try.';
COMMENT ON COLUMN taster.measurement.query IS 'The query exactly as sent.';

COMMENT ON TABLE taster.response IS
    'One datagram or stream message that arrived for a measurement.';
COMMENT ON COLUMN taster.response.reply IS 'From 1, in order of arrival.';
COMMENT ON COLUMN taster.response.arrival_offset IS
    'Time since the query was sent.';
COMMENT ON COLUMN taster.response.source IS
    'Address it claimed to come from.';
COMMENT ON COLUMN taster.response.source_port IS
    'Port it claimed to come from.';
COMMENT ON COLUMN taster.response.ip_ttl IS
    'Remaining IP TTL or hop limit; NULL: the system did not show it.';
COMMENT ON COLUMN taster.response.dont_fragment IS
    'Don''t Fragment flag; NULL: not IPv4, a stream, or not shown.';
COMMENT ON COLUMN taster.response.ip_id_zero IS
    'Whether IPv4 Identification was zero; NULL as dont_fragment.';
COMMENT ON COLUMN taster.response.fit IS
    'How it fits the query; vocabulary fit.';
COMMENT ON COLUMN taster.response.flags IS
    'Second 16 bits of the DNS header, decoded once; message has authority.';
COMMENT ON COLUMN taster.response.rcode IS 'RCODE; vocabulary rcode.';
COMMENT ON COLUMN taster.response.addresses IS
    'Addresses of the answer section, SVCB hints included; empty if none.';
COMMENT ON COLUMN taster.response.rr_ttl IS
    'Lowest TTL of the answer section, seconds; NULL without an answer.';
COMMENT ON COLUMN taster.response.defect IS
    'What ended the reading; 0 when well formed; vocabulary defect.';
COMMENT ON COLUMN taster.response.message IS
    'Exactly as received, after the probe''s own masking.';
COMMENT ON COLUMN taster.response.original_size IS
    'Size on the wire where the probe cut the message; NULL: not cut.';

COMMENT ON TABLE taster.icmp_error IS
    'An ICMP error that the network returned for a query.';
COMMENT ON COLUMN taster.icmp_error.position IS
    'From 1, in order of arrival.';
COMMENT ON COLUMN taster.icmp_error.offender IS
    'Router or host that sent the error.';
COMMENT ON COLUMN taster.icmp_error.icmp_type IS
    'Type as on the wire; ICMPv6 numbers where offender is IPv6.';
COMMENT ON COLUMN taster.icmp_error.icmp_code IS 'Code as on the wire.';
COMMENT ON COLUMN taster.icmp_error.arrival_offset IS
    'Time since the query was sent.';

COMMENT ON TABLE taster.redaction IS
    'Bytes that the probe masked with zeros before it signed.';
COMMENT ON COLUMN taster.redaction.reply IS
    'Reply in which they stood; from 1, as in response.';
COMMENT ON COLUMN taster.redaction.byte_offset IS 'First masked byte.';
COMMENT ON COLUMN taster.redaction.byte_length IS 'Number of masked bytes.';
COMMENT ON COLUMN taster.redaction.reason IS
    'Why; vocabulary redaction_reason.';

DO $$
DECLARE
    evidence text;
BEGIN
    FOREACH evidence IN ARRAY ARRAY['batch', 'measurement', 'response',
                                    'icmp_error', 'redaction']
    LOOP
        EXECUTE format('COMMENT ON COLUMN taster.%I.vantage_id IS %L',
            evidence, 'Vantage point that measured; row of vantage.');
        EXECUTE format('COMMENT ON COLUMN taster.%I.batch_day IS %L',
            evidence, 'The UTC day inside batch_id: the partition a batch '
            'belongs to for ever, however late it arrives.');
        EXECUTE format('COMMENT ON COLUMN taster.%I.batch_id IS %L',
            evidence, 'Chosen by the probe: day number since 1970-01-01 '
            '(4 bytes, big-endian), random (12 bytes).');
        CONTINUE WHEN evidence = 'batch';
        EXECUTE format('COMMENT ON COLUMN taster.%I.ordinal IS %L',
            evidence, 'Index of the measurement within the batch, from 0.');
    END LOOP;
END
$$;

GRANT SELECT, INSERT ON taster.batch, taster.measurement, taster.response,
    taster.icmp_error, taster.redaction TO taster_ingest;
GRANT SELECT ON taster.batch, taster.measurement, taster.response,
    taster.icmp_error, taster.redaction TO taster_judge;

COMMIT;
