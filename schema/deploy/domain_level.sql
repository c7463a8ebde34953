-- Deploy taster:domain_level to pg
-- What is published of single domains beside their cells: what they were
-- answered with, over what, how fast and from which hop. Taken from networks
-- whose cell of the domain is published, and from no others.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.domain_address_day (
    day       date   NOT NULL,
    domain    text   NOT NULL,
    address   inet   NOT NULL,
    replies   bigint NOT NULL,
    injectors text[] NOT NULL,

    CONSTRAINT one_row_a_domains_address PRIMARY KEY (day, domain, address)
);
CREATE INDEX domain_address_day_domain
    ON taster.domain_address_day (domain, address);
CREATE INDEX domain_address_day_address
    ON taster.domain_address_day (address, domain);

CREATE TABLE taster.domain_transport_day (
    day             date   NOT NULL,
    domain          text   NOT NULL,
    transport       text   NOT NULL,
    server          text   NOT NULL,
    measurements    bigint NOT NULL,
    probes          integer NOT NULL,
    consistent      bigint NOT NULL,
    insufficient    bigint NOT NULL,
    ambiguous       bigint NOT NULL,
    filtered        bigint NOT NULL,
    likely_poisoned bigint NOT NULL,
    poisoned        bigint NOT NULL,
    down            bigint NOT NULL,
    blocked         bigint NOT NULL,

    CONSTRAINT one_row_a_domains_transport
        PRIMARY KEY (day, domain, transport, server)
);
CREATE INDEX domain_transport_day_domain
    ON taster.domain_transport_day (domain, day);

CREATE TABLE taster.domain_race_day (
    day      date             NOT NULL,
    domain   text             NOT NULL,
    kind     text             NOT NULL,
    upper_ms double precision NOT NULL,
    replies  bigint           NOT NULL,

    CONSTRAINT one_row_a_domains_bucket
        PRIMARY KEY (day, domain, kind, upper_ms)
);
CREATE INDEX domain_race_day_domain ON taster.domain_race_day (domain, day);

CREATE TABLE taster.domain_hop_day (
    day         date     NOT NULL,
    domain      text     NOT NULL,
    country     text     NOT NULL,
    asn         bigint,
    injector_id text     NOT NULL,
    hop_low     smallint NOT NULL,
    hop_high    smallint NOT NULL,
    router_asn  bigint,
    traces      bigint   NOT NULL,
    likely      smallint,
    server_hop  smallint,

    CONSTRAINT one_row_a_domains_hop UNIQUE NULLS NOT DISTINCT
        (day, domain, country, asn, injector_id, hop_low, hop_high,
         router_asn)
);
CREATE INDEX domain_hop_day_domain ON taster.domain_hop_day (domain, day);

COMMENT ON TABLE taster.domain_address_day IS
    'Forged addresses that a domain was answered with; at most the 50 most '
    'frequent of a day.';
COMMENT ON TABLE taster.domain_transport_day IS
    'What became of questions for an affected domain over each transport.';
COMMENT ON TABLE taster.domain_race_day IS
    'How fast forged and genuine replies for a domain came.';
COMMENT ON TABLE taster.domain_hop_day IS
    'At which hop traces for a domain found injectors.';

\ir pub/column_words.sql

COMMIT;
