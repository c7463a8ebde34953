-- Deploy taster:second_level to pg
-- What is published of each day: counts over all probes of a network, a
-- country, the world. Holds nothing below the floor. Every row can be made
-- again from first level and evidence, by taster.roll_up(day).

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.rolled_day (
    day         date        PRIMARY KEY,
    counters    bigint      NOT NULL,
    floor       smallint    NOT NULL,
    edition     smallint    NOT NULL,
    roll_time   timestamptz NOT NULL,
    took        interval    NOT NULL
);

CREATE TABLE taster.cell (
    day             date        NOT NULL,
    domain          text        NOT NULL,
    scope           text        NOT NULL,
    country         text,
    asn             bigint,
    verdict         text        NOT NULL,
    agreement       real,
    probes          integer     NOT NULL,
    affected_probes integer     NOT NULL,
    sets            bigint      NOT NULL,
    consistent      bigint      NOT NULL,
    insufficient    bigint      NOT NULL,
    ambiguous       bigint      NOT NULL,
    filtered        bigint      NOT NULL,
    likely_poisoned bigint      NOT NULL,
    poisoned        bigint      NOT NULL,
    down            bigint      NOT NULL,
    blocked         bigint      NOT NULL,
    mechanisms      text[]      NOT NULL,
    injectors       text[]      NOT NULL,
    witness         text,
    ruleset         text,
    update_time     timestamptz NOT NULL,

    CONSTRAINT one_row_a_cell
        UNIQUE NULLS NOT DISTINCT (day, domain, scope, country, asn),
    CONSTRAINT scope_is_known CHECK (scope IN ('network', 'country', 'world'))
);
CREATE INDEX cell_domain ON taster.cell (domain, day);
CREATE INDEX cell_place ON taster.cell (country, asn, day);

CREATE TABLE taster.witness (
    day        date     NOT NULL,
    witness    text     NOT NULL,
    vantage_id bigint   NOT NULL,
    batch_day  date     NOT NULL,
    batch_id   uuid     NOT NULL,
    ordinal    smallint NOT NULL,
    agreement  real,

    CONSTRAINT one_row_a_witness PRIMARY KEY (witness)
);
CREATE INDEX witness_day ON taster.witness (day);

CREATE TABLE taster.verdict_day (
    day             date        NOT NULL,
    scope           text        NOT NULL,
    country         text,
    asn             bigint,
    domains         integer     NOT NULL,
    sets            bigint      NOT NULL,
    probes          integer     NOT NULL,
    consistent      integer     NOT NULL,
    insufficient    integer     NOT NULL,
    ambiguous       integer     NOT NULL,
    filtered        integer     NOT NULL,
    likely_poisoned integer     NOT NULL,
    poisoned        integer     NOT NULL,
    down            integer     NOT NULL,
    blocked         integer     NOT NULL,
    update_time     timestamptz NOT NULL,

    CONSTRAINT one_row_a_place
        UNIQUE NULLS NOT DISTINCT (day, scope, country, asn)
);

CREATE TABLE taster.coverage (
    day          date        NOT NULL,
    scope        text        NOT NULL,
    country      text,
    asn          bigint,
    probes       integer     NOT NULL,
    sets         bigint      NOT NULL,
    measurements bigint      NOT NULL,
    domains      integer     NOT NULL,
    last_hour    timestamptz,

    CONSTRAINT one_row_a_covered_place
        UNIQUE NULLS NOT DISTINCT (day, scope, country, asn)
);

CREATE TABLE taster.injector_day (
    day         date    NOT NULL,
    country     text    NOT NULL,
    asn         bigint,
    injector_id text    NOT NULL,
    replies     bigint  NOT NULL,
    sets        bigint  NOT NULL,
    domains     integer NOT NULL,
    probes      integer NOT NULL,

    CONSTRAINT one_row_an_injector
        UNIQUE NULLS NOT DISTINCT (day, country, asn, injector_id)
);

CREATE TABLE taster.forged_address_day (
    day       date    NOT NULL,
    country   text    NOT NULL,
    asn       bigint,
    address   inet    NOT NULL,
    replies   bigint  NOT NULL,
    domains   integer NOT NULL,
    probes    integer NOT NULL,
    injectors text[]  NOT NULL,

    CONSTRAINT one_row_an_address
        UNIQUE NULLS NOT DISTINCT (day, country, asn, address)
);
CREATE INDEX forged_address_day_address ON taster.forged_address_day (address);

CREATE TABLE taster.race_day (
    day         date             NOT NULL,
    country     text             NOT NULL,
    asn         bigint,
    kind        text             NOT NULL,
    injector_id text,
    upper_ms    double precision NOT NULL,
    replies     bigint           NOT NULL,

    CONSTRAINT one_row_a_bucket UNIQUE NULLS NOT DISTINCT
        (day, country, asn, kind, injector_id, upper_ms),
    CONSTRAINT kind_is_known CHECK (kind IN ('forged', 'genuine'))
);

CREATE TABLE taster.transport_day (
    day             date    NOT NULL,
    country         text    NOT NULL,
    asn             bigint,
    transport       text    NOT NULL,
    server          text    NOT NULL,
    measurements    bigint  NOT NULL,
    probes          integer NOT NULL,
    consistent      bigint  NOT NULL,
    insufficient    bigint  NOT NULL,
    ambiguous       bigint  NOT NULL,
    filtered        bigint  NOT NULL,
    likely_poisoned bigint  NOT NULL,
    poisoned        bigint  NOT NULL,
    down            bigint  NOT NULL,
    blocked         bigint  NOT NULL,

    CONSTRAINT one_row_a_transport
        UNIQUE NULLS NOT DISTINCT (day, country, asn, transport, server)
);

CREATE TABLE taster.hop_day (
    day         date     NOT NULL,
    country     text     NOT NULL,
    asn         bigint,
    injector_id text     NOT NULL,
    hop_low     smallint NOT NULL,
    hop_high    smallint NOT NULL,
    router_asn  bigint,
    traces      bigint   NOT NULL,
    probes      integer  NOT NULL,
    likely      smallint,
    server_hop  smallint,

    CONSTRAINT one_row_a_hop UNIQUE NULLS NOT DISTINCT
        (day, country, asn, injector_id, hop_low, hop_high, router_asn)
);

CREATE TABLE taster.control_day (
    day          date   NOT NULL,
    control      bigint NOT NULL,
    measurements bigint NOT NULL,
    failures     bigint NOT NULL,

    CONSTRAINT one_row_a_control PRIMARY KEY (day, control)
);

COMMENT ON TABLE taster.rolled_day IS
    'Days that were rolled up, and what was there to roll.';
COMMENT ON TABLE taster.cell IS
    'Domain, day and the probes of a network, a country or the world: how '
    'many question sets had which verdict. No row: nobody asked, or fewer '
    'probes than the floor, or few enough besides the published ones that '
    'they could be told by subtraction.';
COMMENT ON TABLE taster.witness IS
    'Measurements that stand for published cells; nobody may read others.';
COMMENT ON TABLE taster.verdict_day IS
    'Published cells of a day counted by their verdict.';
COMMENT ON TABLE taster.coverage IS
    'How many probes measured how much; sets and measurements of published '
    'rows alone.';
COMMENT ON TABLE taster.injector_day IS
    'Replies of each injector in each network.';
COMMENT ON TABLE taster.forged_address_day IS
    'Addresses that forged replies held in each network.';
COMMENT ON TABLE taster.race_day IS
    'How fast forged and genuine replies came, as a histogram.';
COMMENT ON TABLE taster.transport_day IS
    'What became of questions over each transport to each kind of server.';
COMMENT ON TABLE taster.hop_day IS
    'At which hop injectors sit.';
COMMENT ON TABLE taster.control_day IS
    'Measurements of control vantage points.';

\ir pub/column_words.sql

COMMIT;
