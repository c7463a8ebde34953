-- Deploy taster:listed to pg
-- Answers that somebody other than a name's owner is known to give, and where
-- public resolvers stand.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.listed_answer (
    answer      text NOT NULL,
    list_id     text NOT NULL,
    mechanism   text NOT NULL,
    injector_id text NOT NULL,
    countries   text NOT NULL,
    since       date,
    until       date,
    source      text NOT NULL,

    PRIMARY KEY (list_id, answer),
    CONSTRAINT mechanism_is_of_a_list CHECK (mechanism IN (
        'on_path_injection', 'resolver_lying', 'safe_search',
        'security_product', 'nxdomain_rewritten')),
    CONSTRAINT countries_are_upper
        CHECK (countries ~ '^([A-Z]{2}(;[A-Z]{2})*)?$'),
    CONSTRAINT injection_has_a_country
        CHECK (mechanism <> 'on_path_injection' OR countries <> ''),
    CONSTRAINT since_is_before_until CHECK (since < until)
);

CREATE TABLE taster.public_resolver (
    address  inet    PRIMARY KEY,
    operator text    NOT NULL,
    country  char(2) NOT NULL,
    source   text    NOT NULL,

    CONSTRAINT country_is_upper CHECK (country ~ '^[A-Z]{2}$')
);

COMMENT ON TABLE taster.listed_answer IS
    'Answers that somebody other than the name''s owner is known to give.';
COMMENT ON COLUMN taster.listed_answer.answer IS
    'An address, or cname: and the target of an alias.';
COMMENT ON COLUMN taster.listed_answer.list_id IS
    'Permanent id of the entry; a list may have several answers.';
COMMENT ON COLUMN taster.listed_answer.mechanism IS
    'How it comes about; a word of vocabulary mechanism.';
COMMENT ON COLUMN taster.listed_answer.injector_id IS
    'Row of injector; empty: not named.';
COMMENT ON COLUMN taster.listed_answer.countries IS
    'Semicolon-separated ISO 3166-1 alpha-2 codes of the networks that it '
    'holds for; empty: anywhere.';
COMMENT ON COLUMN taster.listed_answer.since IS
    'First day on which it holds; NULL: open.';
COMMENT ON COLUMN taster.listed_answer.until IS
    'First day on which it holds no more; NULL: open.';
COMMENT ON COLUMN taster.listed_answer.source IS 'Where it was described.';

COMMENT ON TABLE taster.public_resolver IS
    'Public resolvers, and the country they answer from.';
COMMENT ON COLUMN taster.public_resolver.address IS 'Address it is asked at.';
COMMENT ON COLUMN taster.public_resolver.operator IS 'Who runs it.';
COMMENT ON COLUMN taster.public_resolver.country IS
    'ISO 3166-1 alpha-2 code of the country whose networks it asks from; ZZ: '
    'anycast without a home.';
COMMENT ON COLUMN taster.public_resolver.source IS
    'Page of the operator that names the address.';
COMMENT ON COLUMN taster.injector.country IS
    'ISO 3166-1 alpha-2 code of the country whose networks it stands in; '
    'blank: a product that stands anywhere.';

CREATE VIEW pub.listed_answer AS
SELECT answer, list_id, mechanism, nullif(injector_id, '') AS injector_id,
    CASE countries WHEN '' THEN '{}'
        ELSE string_to_array(countries, ';') END AS countries,
    since, until, source
FROM taster.listed_answer;

CREATE VIEW pub.public_resolver AS
SELECT address, operator, country, source
FROM taster.public_resolver;

CREATE OR REPLACE VIEW pub.injector AS
SELECT injector_id, name, nullif(country, '')::char(2) AS country, source
FROM taster.injector;

COMMENT ON VIEW pub.listed_answer IS
    'Answers that somebody other than the name''s owner is known to give: '
    'block pages, sinkholes, filters, safe search.';
COMMENT ON COLUMN pub.listed_answer.answer IS
    'An address, or cname: and the target of an alias.';
COMMENT ON COLUMN pub.listed_answer.list_id IS 'Permanent id of the entry.';
COMMENT ON COLUMN pub.listed_answer.mechanism IS
    'How it comes about; vocabulary mechanism.';
COMMENT ON COLUMN pub.listed_answer.injector_id IS
    'Who gives it; row of injector; NULL: not named.';
COMMENT ON COLUMN pub.listed_answer.countries IS
    'Countries whose networks it holds for; empty: anywhere.';
COMMENT ON COLUMN pub.listed_answer.since IS
    'First day on which it holds; NULL: open.';
COMMENT ON COLUMN pub.listed_answer.until IS
    'First day on which it holds no more; NULL: open.';
COMMENT ON COLUMN pub.listed_answer.source IS 'Where it was described.';
COMMENT ON VIEW pub.public_resolver IS
    'Public resolvers, and the country they answer from.';
COMMENT ON COLUMN pub.public_resolver.address IS 'Address it is asked at.';
COMMENT ON COLUMN pub.public_resolver.operator IS 'Who runs it.';
COMMENT ON COLUMN pub.public_resolver.country IS
    'ISO 3166-1 alpha-2 code; ZZ: anycast without a home.';
COMMENT ON COLUMN pub.public_resolver.source IS
    'Page of the operator that names the address.';
COMMENT ON COLUMN pub.injector.country IS
    'ISO 3166-1 alpha-2 code of the country whose networks it stands in; '
    'NULL: a product that stands anywhere.';

GRANT SELECT ON taster.listed_answer, taster.public_resolver
    TO taster_ingest, taster_judge;
GRANT SELECT ON pub.listed_answer, pub.public_resolver TO taster_reader;

\ir seeds/load.sql
\ir seeds/load_listed.sql

COMMIT;
