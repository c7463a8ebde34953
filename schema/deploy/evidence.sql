-- Deploy taster:evidence to pg
-- What probes witnessed. Inserted once, never updated: verdicts can be made
-- again from here.

BEGIN;

-- The ledger: one row for each batch that was accepted. Its key makes a batch
-- that is sent twice count once; it stands in the same transaction as the
-- batch's evidence and verdicts.
CREATE TABLE taster.batch (
    vantage_id        bigint      NOT NULL,
    -- The day inside batch_id: the partition a batch belongs to for ever,
    -- however late it arrives.
    batch_day         date        NOT NULL,
    batch_id          uuid        NOT NULL,
    -- BLAKE2b-256 of the payload: same id and other bytes is a conflict.
    payload_hash      bytea       NOT NULL,
    receive_time      timestamptz NOT NULL,
    measurement_count smallint    NOT NULL,
    refused_count     smallint    NOT NULL,
    software          text        NOT NULL,
    target_list       text        NOT NULL,

    PRIMARY KEY (vantage_id, batch_day, batch_id),
    CONSTRAINT payload_hash_is_32_bytes CHECK (length(payload_hash) = 32)
) PARTITION BY RANGE (batch_day);

-- One question asked once from one vantage point.
CREATE TABLE taster.measurement (
    vantage_id       bigint      NOT NULL,
    batch_day        date        NOT NULL,
    batch_id         uuid        NOT NULL,
    -- Index within the batch.
    ordinal          smallint    NOT NULL,
    -- Question set within the batch.
    set_ordinal      smallint    NOT NULL,
    question_role    smallint    NOT NULL,
    -- Lower-case presentation format, trailing dot; escapes as RFC 1035.
    qname            text        NOT NULL,
    qtype            integer     NOT NULL,
    -- NULL: the system did not say which of its resolvers was asked.
    server           inet,
    server_port      integer,
    server_kind      smallint    NOT NULL,
    transport        smallint    NOT NULL,
    -- By the probe's clock; compare with batch.receive_time before trusting.
    query_time       timestamptz NOT NULL,
    -- How long the probe listened.
    window_length    interval    NOT NULL,
    source_port      integer,
    -- NULL: the system default.
    query_ip_ttl     smallint,
    outcome          smallint    NOT NULL,
    response_count   smallint    NOT NULL,
    -- Datagrams beyond the eight that are kept.
    uncounted_responses integer  NOT NULL,
    retry            smallint    NOT NULL,
    -- The query exactly as sent.
    query            bytea       NOT NULL,

    CONSTRAINT qtype_is_16_bits   CHECK (qtype BETWEEN 0 AND 65535)
) PARTITION BY RANGE (batch_day);

-- One datagram or stream message that arrived for a measurement.
CREATE TABLE taster.response (
    vantage_id     bigint   NOT NULL,
    batch_day      date     NOT NULL,
    batch_id       uuid     NOT NULL,
    ordinal        smallint NOT NULL,
    -- From 1, in order of arrival.
    reply          smallint NOT NULL,
    arrival_offset interval NOT NULL,
    source         inet     NOT NULL,
    source_port    integer  NOT NULL,
    -- NULL: the probe's system did not show it.
    ip_ttl         smallint,
    dont_fragment  boolean,
    ip_id_zero     boolean,
    -- Decoded once for queries; `message` is the authority.
    fit            smallint NOT NULL,
    flags          integer  NOT NULL,
    rcode          smallint NOT NULL,
    -- Addresses of the answer section, hints included; empty if none.
    addresses      inet[]   NOT NULL,
    -- Lowest TTL of the answer section, seconds; NULL without an answer.
    rr_ttl         bigint,
    -- dns::Defect; 0 when well formed.
    defect         smallint NOT NULL,
    -- Exactly as received, after the probe's own masking.
    message        bytea    NOT NULL,
    -- Size on the wire where the probe cut the message; NULL: not cut.
    original_size  integer
) PARTITION BY RANGE (batch_day);

-- An ICMP error that the network returned for a query.
CREATE TABLE taster.icmp_error (
    vantage_id     bigint   NOT NULL,
    batch_day      date     NOT NULL,
    batch_id       uuid     NOT NULL,
    ordinal        smallint NOT NULL,
    -- From 1, in order of arrival.
    position       smallint NOT NULL,
    offender       inet     NOT NULL,
    icmp_type      smallint NOT NULL,
    icmp_code      smallint NOT NULL,
    arrival_offset interval NOT NULL
) PARTITION BY RANGE (batch_day);

-- Bytes that the probe masked before it signed.
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

COMMIT;
