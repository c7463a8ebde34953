-- Deploy taster:total to pg
-- What is published over all days, made from the published rows of each day
-- alone: by taster.sum_up(). And events, made by taster.detect_events().

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.summed_up (
    is_only  boolean     PRIMARY KEY DEFAULT true,
    sum_time timestamptz NOT NULL,
    took     interval    NOT NULL,

    CONSTRAINT there_is_one_row CHECK (is_only)
);

CREATE TABLE taster.domain_total (
    domain             text PRIMARY KEY,
    first_day          date    NOT NULL,
    last_day           date    NOT NULL,
    first_poisoned_day date,
    last_poisoned_day  date,
    networks           integer NOT NULL,
    poisoned_networks  integer NOT NULL,
    countries          text[]  NOT NULL,
    measured_days      integer NOT NULL,
    poisoned_days      integer NOT NULL,
    mechanisms         text[]  NOT NULL,
    injectors          text[]  NOT NULL,
    forged_addresses   integer NOT NULL,
    last_verdict       text    NOT NULL
);

CREATE TABLE taster.network_total (
    scope            text    NOT NULL,
    country          text    NOT NULL,
    asn              bigint,
    first_day        date    NOT NULL,
    last_day         date    NOT NULL,
    domains          integer NOT NULL,
    poisoned_domains integer NOT NULL,
    probes           integer NOT NULL,
    mechanisms       text[]  NOT NULL,
    injectors        text[]  NOT NULL,

    CONSTRAINT one_row_a_network
        UNIQUE NULLS NOT DISTINCT (scope, country, asn)
);

CREATE TABLE taster.forged_address_total (
    address   inet    PRIMARY KEY,
    first_day date    NOT NULL,
    last_day  date    NOT NULL,
    replies   bigint  NOT NULL,
    domains   integer NOT NULL,
    networks  text[]  NOT NULL,
    pools     text[]  NOT NULL,
    injectors text[]  NOT NULL,
    sample_domains text[] NOT NULL
);

CREATE TABLE taster.injector_total (
    injector_id text    PRIMARY KEY,
    first_day   date    NOT NULL,
    last_day    date    NOT NULL,
    replies     bigint  NOT NULL,
    domains     integer NOT NULL,
    networks    text[]  NOT NULL
);

CREATE TABLE taster.injector_domain (
    injector_id text   NOT NULL,
    domain      text   NOT NULL,
    first_day   date   NOT NULL,
    last_day    date   NOT NULL,
    networks    integer NOT NULL,

    PRIMARY KEY (injector_id, domain)
);

CREATE TABLE taster.domain_address_total (
    domain    text   NOT NULL,
    address   inet   NOT NULL,
    first_day date   NOT NULL,
    last_day  date   NOT NULL,
    replies   bigint NOT NULL,
    injectors text[] NOT NULL,

    PRIMARY KEY (domain, address)
);
CREATE INDEX domain_address_total_address
    ON taster.domain_address_total (address);
CREATE INDEX domain_address_total_injectors
    ON taster.domain_address_total USING gin (injectors);

CREATE TABLE taster.pool_growth (
    day             date    NOT NULL,
    injector_id     text    NOT NULL,
    new_addresses   integer NOT NULL,
    total_addresses integer NOT NULL,
    replies         bigint  NOT NULL,

    PRIMARY KEY (day, injector_id)
);

CREATE TABLE taster.control_total (
    control       bigint      PRIMARY KEY,
    country       text        NOT NULL,
    asn           bigint,
    first_time    timestamptz,
    last_time     timestamptz,
    answers       bigint      NOT NULL,
    names         bigint      NOT NULL,
    failures      bigint      NOT NULL,
    disagreements bigint      NOT NULL,
    state         text        NOT NULL,
    state_since   timestamptz NOT NULL,
    reason        text        NOT NULL,

    CONSTRAINT state_is_known CHECK (state IN ('healthy', 'stale', 'filtered',
        'poisoned', 'failing', 'revoked'))
);

CREATE TABLE taster.event (
    event_id    text PRIMARY KEY,
    day         date NOT NULL,
    kind        text NOT NULL,
    domain      text,
    country     text,
    asn         bigint,
    injector_id text,
    address     inet,
    control     bigint,
    before      text,
    after       text,
    probes      integer,
    confidence  real,
    witness     text,
    summary     text NOT NULL,

    CONSTRAINT kind_is_known CHECK (kind IN ('onset', 'end', 'pool_change',
        'injector_change', 'new_victim', 'control_failure'))
);
CREATE INDEX event_day ON taster.event (day);
CREATE INDEX event_domain ON taster.event (domain);

COMMENT ON TABLE taster.summed_up IS
    'When the totals were last made.';
COMMENT ON TABLE taster.domain_total IS
    'Each domain over all days.';
COMMENT ON TABLE taster.network_total IS
    'Each network and each country over all days.';
COMMENT ON TABLE taster.forged_address_total IS
    'Each forged address over all days.';
COMMENT ON TABLE taster.injector_total IS
    'Each injector over all days.';
COMMENT ON TABLE taster.injector_domain IS
    'Which domains an injector was named for.';
COMMENT ON TABLE taster.domain_address_total IS
    'Each forged address of each domain over all days.';
COMMENT ON TABLE taster.pool_growth IS
    'How many addresses each injector was known with, day by day.';
COMMENT ON TABLE taster.control_total IS
    'Each control vantage point and how it does.';
COMMENT ON TABLE taster.event IS
    'What changed, found in published rows.';

CREATE TABLE taster.reserved_prefix (
    prefix cidr PRIMARY KEY,
    source text NOT NULL
);

-- IANA IPv4 and IPv6 Special-Purpose Address Registries: what is not globally
-- reachable, and Teredo, whose relays are gone. With multicast and 240/4.
INSERT INTO taster.reserved_prefix (prefix, source) VALUES
('0.0.0.0/8', 'RFC 791'), ('10.0.0.0/8', 'RFC 1918'),
('100.64.0.0/10', 'RFC 6598'), ('127.0.0.0/8', 'RFC 1122'),
('169.254.0.0/16', 'RFC 3927'), ('172.16.0.0/12', 'RFC 1918'),
('192.0.0.0/24', 'RFC 6890'), ('192.0.2.0/24', 'RFC 5737'),
('192.168.0.0/16', 'RFC 1918'), ('198.18.0.0/15', 'RFC 2544'),
('198.51.100.0/24', 'RFC 5737'), ('203.0.113.0/24', 'RFC 5737'),
('224.0.0.0/4', 'RFC 1112'), ('240.0.0.0/4', 'RFC 1112'),
('::/128', 'RFC 4291'), ('::1/128', 'RFC 4291'),
('::ffff:0:0/96', 'RFC 4291'), ('64:ff9b:1::/48', 'RFC 8215'),
('100::/64', 'RFC 6666'), ('2001::/32', 'RFC 4380'),
('2001:2::/48', 'RFC 5180'), ('2001:db8::/32', 'RFC 3849'),
('3fff::/20', 'RFC 9637'), ('fc00::/7', 'RFC 4193'),
('fe80::/10', 'RFC 4291'), ('ff00::/8', 'RFC 4291');

COMMENT ON TABLE taster.reserved_prefix IS
    'Addresses that cannot be anybody''s host.';
COMMENT ON COLUMN taster.reserved_prefix.prefix IS 'The stretch.';
COMMENT ON COLUMN taster.reserved_prefix.source IS 'Who says so.';

\ir pub/column_words.sql

COMMIT;
