-- Deploy taster:learned to pg
-- What was learned from evidence and controls alone: forged pools, addresses
-- that unrelated names share, and whose addresses they are. Small, replaced
-- whole by the collector; evidence teaches all of it again.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.learned_pool (
    pool         text        PRIMARY KEY,
    country      text        NOT NULL,
    asn          bigint      NOT NULL,
    family       smallint    NOT NULL,
    first_day    date        NOT NULL,
    last_day     date        NOT NULL,
    names        integer     NOT NULL,
    learned_time timestamptz NOT NULL,
    is_revoked   boolean     NOT NULL DEFAULT false,

    CONSTRAINT family_is_4_or_6  CHECK (family IN (4, 6)),
    CONSTRAINT country_is_upper  CHECK (country ~ '^([A-Z]{2})?$'),
    CONSTRAINT asn_is_32_bits    CHECK (asn BETWEEN 0 AND 4294967295),
    CONSTRAINT days_are_in_order CHECK (first_day <= last_day)
);

CREATE TABLE taster.learned_address (
    pool        text    NOT NULL,
    address     inet    NOT NULL,
    owner_as    bigint  NOT NULL,
    first_day   date    NOT NULL,
    last_day    date    NOT NULL,
    names       text[]  NOT NULL,
    registrable integer NOT NULL,

    PRIMARY KEY (pool, address),
    CONSTRAINT days_are_in_order CHECK (first_day <= last_day)
);

CREATE TABLE taster.shared_address (
    country     text    NOT NULL,
    asn         bigint  NOT NULL,
    address     inet    NOT NULL,
    first_day   date    NOT NULL,
    last_day    date    NOT NULL,
    registrable integer NOT NULL,
    forged      integer NOT NULL,

    PRIMARY KEY (country, asn, address),
    CONSTRAINT forged_are_some_of_all CHECK (forged <= registrable)
);

CREATE TABLE taster.victim (
    address      inet    PRIMARY KEY,
    owner_as     bigint  NOT NULL,
    owner_name   text    NOT NULL,
    country      text    NOT NULL,
    names        integer NOT NULL,
    sample_names text[]  NOT NULL,
    networks     text[]  NOT NULL,
    first_day    date    NOT NULL,
    last_day     date    NOT NULL,
    served       text
);

COMMENT ON TABLE taster.learned_pool IS
    'Forged pools found in the answers of one network.';
COMMENT ON COLUMN taster.learned_pool.pool IS
    'learned-, the network, the family, its rank there; of one that was '
    'revoked also @ and the time.';
COMMENT ON COLUMN taster.learned_pool.country IS
    'ISO 3166-1 alpha-2 code of the network; empty: not known.';
COMMENT ON COLUMN taster.learned_pool.asn IS
    'Autonomous system of the network; 0: not known.';
COMMENT ON COLUMN taster.learned_pool.family IS 'IP version: 4 or 6.';
COMMENT ON COLUMN taster.learned_pool.first_day IS
    'UTC day on which a member was first drawn.';
COMMENT ON COLUMN taster.learned_pool.last_day IS
    'UTC day on which a member was last drawn.';
COMMENT ON COLUMN taster.learned_pool.names IS 'Names that draw from it.';
COMMENT ON COLUMN taster.learned_pool.learned_time IS
    'When it was first found.';
COMMENT ON COLUMN taster.learned_pool.is_revoked IS
    'An operator set it aside: no verdict rests on it, and what is learned '
    'of the same addresses neither.';

COMMENT ON TABLE taster.learned_address IS
    'Members of learned pools, with the names that bear witness.';
COMMENT ON COLUMN taster.learned_address.pool IS 'Row of learned_pool.';
COMMENT ON COLUMN taster.learned_address.address IS
    'The forged address; its owner is a victim, not a party.';
COMMENT ON COLUMN taster.learned_address.owner_as IS
    'AS that announces it; 0: nobody, or not known.';
COMMENT ON COLUMN taster.learned_address.first_day IS
    'UTC day on which it was first drawn.';
COMMENT ON COLUMN taster.learned_address.last_day IS
    'UTC day on which it was last drawn.';
COMMENT ON COLUMN taster.learned_address.names IS
    'Names that drew it though no control of theirs has it.';
COMMENT ON COLUMN taster.learned_address.registrable IS
    'Registrable domains among the names.';

COMMENT ON TABLE taster.shared_address IS
    'Single addresses that unrelated names drew in one network: sinkholes, '
    'block pages, proxies.';
COMMENT ON COLUMN taster.shared_address.country IS
    'ISO 3166-1 alpha-2 code of the network; empty: not known.';
COMMENT ON COLUMN taster.shared_address.asn IS
    'Autonomous system of the network; 0: not known.';
COMMENT ON COLUMN taster.shared_address.address IS 'What they drew.';
COMMENT ON COLUMN taster.shared_address.first_day IS
    'UTC day on which it was first drawn.';
COMMENT ON COLUMN taster.shared_address.last_day IS
    'UTC day on which it was last drawn.';
COMMENT ON COLUMN taster.shared_address.registrable IS
    'Registrable domains that drew it.';
COMMENT ON COLUMN taster.shared_address.forged IS
    'Those of them that draw from a forged pool as well.';

COMMENT ON TABLE taster.victim IS
    'Addresses of others that injectors send people to.';
COMMENT ON COLUMN taster.victim.address IS 'The forged address.';
COMMENT ON COLUMN taster.victim.owner_as IS 'AS that announces it.';
COMMENT ON COLUMN taster.victim.owner_name IS
    'Name of that AS; empty: not known.';
COMMENT ON COLUMN taster.victim.country IS
    'ISO 3166-1 alpha-2 code of the address; empty: not known.';
COMMENT ON COLUMN taster.victim.names IS 'Names that were answered with it.';
COMMENT ON COLUMN taster.victim.sample_names IS 'Some of them.';
COMMENT ON COLUMN taster.victim.networks IS
    'Country and AS of the networks where that was seen, as CN/4134.';
COMMENT ON COLUMN taster.victim.first_day IS
    'UTC day on which it was first seen forged.';
COMMENT ON COLUMN taster.victim.last_day IS
    'UTC day on which it was last seen forged.';
COMMENT ON COLUMN taster.victim.served IS
    'What answers there; NULL: nobody looked.';

CREATE VIEW pub.learned_pools AS
SELECT pool, nullif(country, '') AS country, asn, family, first_day, last_day,
    names, (SELECT count(*) FROM taster.learned_address AS member
            WHERE member.pool = learned_pool.pool) AS addresses,
    learned_time, is_revoked
FROM taster.learned_pool;

CREATE VIEW pub.forged_addresses AS
SELECT member.address, member.pool, pool.country, pool.asn, member.owner_as,
    member.first_day, member.last_day, member.names, member.registrable
FROM taster.learned_address AS member
JOIN taster.learned_pool AS pool USING (pool)
WHERE NOT pool.is_revoked;

CREATE VIEW pub.victims AS
SELECT address, owner_as, nullif(owner_name, '') AS owner_name,
    nullif(country, '') AS country, names, sample_names, networks, first_day,
    last_day, served
FROM taster.victim;

\ir pub/learned_comments.sql

GRANT SELECT ON taster.learned_pool, taster.learned_address,
    taster.shared_address, taster.victim TO taster_ingest;
GRANT SELECT, INSERT, UPDATE, DELETE ON taster.learned_pool,
    taster.learned_address, taster.shared_address, taster.victim
    TO taster_judge;
GRANT SELECT ON pub.learned_pools, pub.forged_addresses, pub.victims
    TO taster_reader;

COMMIT;
