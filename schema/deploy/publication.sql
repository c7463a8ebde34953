-- Deploy taster:publication to pg
-- On what terms anything is published, and what SQL cannot know of names and
-- numbers.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.publication (
    is_only     boolean  PRIMARY KEY DEFAULT true,
    floor       smallint NOT NULL DEFAULT 5,
    licence     text     NOT NULL DEFAULT 'CC-BY-4.0',
    citation    text     NOT NULL DEFAULT
        'Taster, measurements of DNS poisoning; name the period and the day '
        'on which you took the data.',
    attribution text     NOT NULL DEFAULT
        'Networks and countries of addresses: the tables that the collector '
        'was given, named in its log.',

    CONSTRAINT there_is_one_row  CHECK (is_only),
    CONSTRAINT floor_is_positive CHECK (floor >= 1)
);

INSERT INTO taster.publication (is_only) VALUES (true);

CREATE TABLE taster.domain_name (
    domain             text PRIMARY KEY,
    domain_unicode     text NOT NULL,
    registrable_domain text NOT NULL
);

CREATE TABLE taster.network (
    asn      bigint PRIMARY KEY,
    name     text   NOT NULL,
    country  text,
    snapshot text   NOT NULL
);

CREATE TABLE taster.address_owner (
    address  inet   PRIMARY KEY,
    asn      bigint,
    country  text,
    snapshot text   NOT NULL
);

-- Raising it hides what was published; the days are rolled up again for it.
CREATE FUNCTION taster.set_floor(at_least integer) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE taster.publication
    SET floor = at_least
    WHERE floor <> at_least
$$;

COMMENT ON TABLE taster.publication IS
    'One row: on what terms anything is published.';
COMMENT ON COLUMN taster.publication.is_only IS 'Always true.';
COMMENT ON COLUMN taster.publication.floor IS
    'How many distinct probes must stand behind whatever is published.';
COMMENT ON COLUMN taster.publication.licence IS
    'Licence of the data, an SPDX identifier.';
COMMENT ON COLUMN taster.publication.citation IS 'How to cite it.';
COMMENT ON COLUMN taster.publication.attribution IS
    'Whose data is part of it.';

COMMENT ON TABLE taster.domain_name IS
    'What libidn2 and the Public Suffix List say of domains; filled in by the '
    'collector.';
COMMENT ON TABLE taster.network IS
    'Names of autonomous systems, from the tables that the collector was '
    'given.';
COMMENT ON COLUMN taster.network.asn IS 'Autonomous system.';
COMMENT ON COLUMN taster.network.name IS
    'As the tables write it; empty: they do not know it.';
COMMENT ON COLUMN taster.network.country IS
    'Country that it is registered in; NULL: not known.';
COMMENT ON TABLE taster.address_owner IS
    'Whose forged addresses are, from the same tables.';
COMMENT ON COLUMN taster.address_owner.asn IS
    'Autonomous system that announces it; NULL: none, or not known.';
COMMENT ON COLUMN taster.address_owner.country IS
    'Country of the address; NULL: not known.';
COMMENT ON COLUMN taster.network.snapshot IS
    'Tables that said so; row of network_snapshot, empty: there were none.';
COMMENT ON COLUMN taster.address_owner.snapshot IS
    'Tables that said so; row of network_snapshot, empty: there were none.';

COMMENT ON FUNCTION taster.set_floor(integer) IS
    'Sets how many distinct probes must stand behind whatever is published.';

REVOKE ALL ON FUNCTION taster.set_floor(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION taster.set_floor(integer) TO taster_judge;
GRANT SELECT ON taster.publication TO taster_judge;
GRANT SELECT, INSERT, UPDATE, DELETE ON taster.domain_name, taster.network,
    taster.address_owner TO taster_judge;

COMMIT;
