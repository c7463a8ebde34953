-- Deploy taster:catalogue to pg
-- Vantage points, injectors and forged pools: small, known before evidence.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.vantage (
    vantage_id  bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    key         bytea       NOT NULL UNIQUE,
    role        text        NOT NULL,
    country     char(2)     NOT NULL,
    asn         bigint      NOT NULL,
    enroll_time timestamptz NOT NULL DEFAULT now(),
    revoke_time timestamptz,

    CONSTRAINT key_is_32_bytes    CHECK (length(key) = 32),
    CONSTRAINT role_is_known      CHECK (role IN ('probe', 'control')),
    CONSTRAINT country_is_upper   CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT asn_is_32_bits     CHECK (asn BETWEEN 0 AND 4294967295)
);

CREATE TABLE taster.injector (
    injector_id text    PRIMARY KEY,
    name        text    NOT NULL,
    country     char(2) NOT NULL,
    source      text    NOT NULL
);

CREATE TABLE taster.injector_fingerprint (
    injector_id      text    NOT NULL,
    since            date,
    until            date,
    aa               boolean,
    aa_iff_not_rd    boolean,
    rd_echoed        boolean,
    dont_fragment    boolean,
    ip_id_zero       boolean,
    owner_is_pointer boolean,
    rr_ttl           bigint,
    pools            text    NOT NULL,
    source           text    NOT NULL
);

CREATE TABLE taster.forged_pool (
    pool_id text     PRIMARY KEY,
    family  smallint NOT NULL,
    ordered boolean  NOT NULL,
    since   date,
    until   date,
    source  text     NOT NULL,

    CONSTRAINT family_is_4_or_6 CHECK (family IN (4, 6))
);

CREATE TABLE taster.forged_address (
    pool_id  text     NOT NULL,
    position integer  NOT NULL,
    address  inet     NOT NULL,

    PRIMARY KEY (pool_id, position),
    UNIQUE (pool_id, address)
);

COMMENT ON TABLE taster.vantage IS
    'One probe in one network. No address, no name, no owner: only the key.';
COMMENT ON COLUMN taster.vantage.vantage_id IS
    'Given at enrolment; the first column of every key of evidence.';
COMMENT ON COLUMN taster.vantage.key IS 'Ed25519 public key, 32 bytes.';
COMMENT ON COLUMN taster.vantage.role IS
    'probe or control; decided at enrolment, never taken from the wire.';
COMMENT ON COLUMN taster.vantage.country IS
    'ISO 3166-1 alpha-2 code of the network''s country.';
COMMENT ON COLUMN taster.vantage.asn IS
    'Autonomous system of the network; 0: not known.';
COMMENT ON COLUMN taster.vantage.enroll_time IS 'When the key was admitted.';
COMMENT ON COLUMN taster.vantage.revoke_time IS
    'When the key was revoked; NULL: still admitted.';

COMMENT ON TABLE taster.injector IS 'Machines known to forge DNS replies.';
COMMENT ON COLUMN taster.injector.injector_id IS
    'Permanent id, such as gfw-2.';
COMMENT ON COLUMN taster.injector.name IS 'Name for people.';
COMMENT ON COLUMN taster.injector.country IS
    'ISO 3166-1 alpha-2 code of the country whose networks it stands in.';
COMMENT ON COLUMN taster.injector.source IS
    'Where it was described: paper and section, or data set.';

COMMENT ON TABLE taster.injector_fingerprint IS
    'How an injector''s replies look. A field that is NULL is not compared.';
COMMENT ON COLUMN taster.injector_fingerprint.injector_id IS
    'Row of injector.';
COMMENT ON COLUMN taster.injector_fingerprint.since IS
    'First day on which it holds; NULL: open.';
COMMENT ON COLUMN taster.injector_fingerprint.until IS
    'First day on which it holds no more; NULL: open.';
COMMENT ON COLUMN taster.injector_fingerprint.aa IS
    'Authoritative Answer flag of the reply.';
COMMENT ON COLUMN taster.injector_fingerprint.aa_iff_not_rd IS
    'True: AA is set if and only if the query''s RD is not.';
COMMENT ON COLUMN taster.injector_fingerprint.rd_echoed IS
    'Whether the reply''s RD equals the query''s.';
COMMENT ON COLUMN taster.injector_fingerprint.dont_fragment IS
    'Don''t Fragment flag of the IPv4 header.';
COMMENT ON COLUMN taster.injector_fingerprint.ip_id_zero IS
    'Whether the IPv4 Identification field is zero.';
COMMENT ON COLUMN taster.injector_fingerprint.owner_is_pointer IS
    'Whether the answer''s owner name is the pointer c00c to the question.';
COMMENT ON COLUMN taster.injector_fingerprint.rr_ttl IS
    'TTL of the forged record, seconds.';
COMMENT ON COLUMN taster.injector_fingerprint.pools IS
    'Semicolon-separated pool ids that it draws from; empty: not compared.';
COMMENT ON COLUMN taster.injector_fingerprint.source IS
    'Where the fingerprint was described.';

COMMENT ON TABLE taster.forged_pool IS
    'Sets of addresses that injectors answer with.';
COMMENT ON COLUMN taster.forged_pool.pool_id IS 'Permanent id of the pool.';
COMMENT ON COLUMN taster.forged_pool.family IS 'IP version: 4 or 6.';
COMMENT ON COLUMN taster.forged_pool.ordered IS
    'Whether an injector walks the addresses in the order of position.';
COMMENT ON COLUMN taster.forged_pool.since IS
    'First day on which it was drawn from; NULL: open.';
COMMENT ON COLUMN taster.forged_pool.until IS
    'First day on which it was drawn from no more; NULL: open.';
COMMENT ON COLUMN taster.forged_pool.source IS 'Where the pool was described.';

COMMENT ON TABLE taster.forged_address IS 'The addresses of forged pools.';
COMMENT ON COLUMN taster.forged_address.pool_id IS 'Row of forged_pool.';
COMMENT ON COLUMN taster.forged_address.position IS
    'From 0; the order in which an injector walks the pool, where it does.';
COMMENT ON COLUMN taster.forged_address.address IS
    'The forged address; its owner is a victim, not a party.';

GRANT SELECT ON taster.vantage, taster.injector, taster.injector_fingerprint,
    taster.forged_pool, taster.forged_address
    TO taster_ingest, taster_judge;
GRANT SELECT, INSERT, UPDATE (revoke_time) ON taster.vantage TO taster_enroll;

COMMIT;
