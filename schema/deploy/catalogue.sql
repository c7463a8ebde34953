-- Deploy taster:catalogue to pg
-- Vantage points, injectors and forged pools: small, known before evidence.

BEGIN;

-- One probe in one network. No address, no name, no owner: only the key.
CREATE TABLE taster.vantage (
    vantage_id  bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    -- Ed25519 public key.
    key         bytea       NOT NULL UNIQUE,
    -- 'probe' or 'control'; decided here, never taken from the wire.
    role        text        NOT NULL,
    country     char(2)     NOT NULL,
    asn         bigint      NOT NULL,
    enroll_time timestamptz NOT NULL DEFAULT now(),
    -- NULL: still admitted.
    revoke_time timestamptz,

    CONSTRAINT key_is_32_bytes    CHECK (length(key) = 32),
    CONSTRAINT role_is_known      CHECK (role IN ('probe', 'control')),
    CONSTRAINT country_is_upper   CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT asn_is_32_bits     CHECK (asn BETWEEN 0 AND 4294967295)
);

CREATE TABLE taster.injector (
    injector_id text PRIMARY KEY,
    name        text NOT NULL,
    country     char(2) NOT NULL,
    source      text NOT NULL
);

CREATE TABLE taster.injector_fingerprint (
    injector_id      text    NOT NULL,
    -- Days on which it holds; NULL: open. until is exclusive.
    since            date,
    until            date,
    -- NULL in any of these: not compared.
    aa               boolean,
    aa_iff_not_rd    boolean,
    rd_echoed        boolean,
    dont_fragment    boolean,
    ip_id_zero       boolean,
    owner_is_pointer boolean,
    rr_ttl           bigint,
    -- Semicolon-separated pool ids; empty: not compared.
    pools            text    NOT NULL,
    source           text    NOT NULL
);

CREATE TABLE taster.forged_pool (
    pool_id text    PRIMARY KEY,
    family  smallint NOT NULL,
    ordered boolean NOT NULL,
    since   date,
    until   date,
    source  text    NOT NULL,

    CONSTRAINT family_is_4_or_6 CHECK (family IN (4, 6))
);

CREATE TABLE taster.forged_address (
    pool_id  text     NOT NULL,
    -- From 0, in the order in which an injector walks the pool.
    position integer  NOT NULL,
    address  inet     NOT NULL,

    PRIMARY KEY (pool_id, position),
    UNIQUE (pool_id, address)
);

COMMIT;
