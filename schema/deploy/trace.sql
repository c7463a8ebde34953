-- Deploy taster:trace to pg
-- At which hop an injector sits, from TTL-limited series.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.trace (
    vantage_id      bigint NOT NULL,
    batch_day       date NOT NULL,
    batch_id        uuid NOT NULL,
    set_ordinal     smallint NOT NULL,
    position        smallint NOT NULL,
    qname           text NOT NULL,
    qtype           integer NOT NULL,
    server          inet,
    server_port     integer,
    steps           integer NOT NULL,
    server_hop_low  smallint,
    server_hop_high smallint,
    is_symmetric    boolean,
    method          smallint,
    hop_low         smallint,
    hop_high        smallint,
    hop_likely      smallint,
    drawn           integer NOT NULL,
    injector_id     text NOT NULL,
    router          inet,
    router_asn      bigint NOT NULL
) PARTITION BY RANGE (batch_day);

SELECT taster.make_days('trace');

COMMENT ON TABLE taster.trace IS
    'What each trace showed: one row for each injector that was located, or '
    'one without a hop where nothing forged was seen. The steps themselves '
    'are in measurement, response and icmp_error.';
COMMENT ON COLUMN taster.trace.vantage_id IS
    'Vantage point that measured; row of vantage.';
COMMENT ON COLUMN taster.trace.batch_day IS
    'The UTC day inside batch_id.';
COMMENT ON COLUMN taster.trace.batch_id IS
    'The batch, as in batch.';
COMMENT ON COLUMN taster.trace.set_ordinal IS
    'Question set within the batch.';
COMMENT ON COLUMN taster.trace.position IS
    'From 0, within the batch: a trace may show several injectors.';
COMMENT ON COLUMN taster.trace.qname IS
    'The targets name.';
COMMENT ON COLUMN taster.trace.qtype IS
    'Type that was asked for.';
COMMENT ON COLUMN taster.trace.server IS
    'Server that the queries went to.';
COMMENT ON COLUMN taster.trace.server_port IS
    'Its port.';
COMMENT ON COLUMN taster.trace.steps IS
    'Queries of the series.';
COMMENT ON COLUMN taster.trace.server_hop_low IS
    'Lowest hop at which the server can stand; NULL: not seen.';
COMMENT ON COLUMN taster.trace.server_hop_high IS
    'Highest hop at which the server can stand; NULL: not seen.';
COMMENT ON COLUMN taster.trace.is_symmetric IS
    'Whether the way back is as long as the way out; NULL: nothing '
    'tells.';
COMMENT ON COLUMN taster.trace.method IS
    'How the hop was found; vocabulary hop_method. NULL: nothing forged'
    ' was seen.';
COMMENT ON COLUMN taster.trace.hop_low IS
    'Lowest hop at which the injector can sit; hop 1 is the probes own '
    'link.';
COMMENT ON COLUMN taster.trace.hop_high IS
    'Highest hop at which the injector can sit.';
COMMENT ON COLUMN taster.trace.hop_likely IS
    'The hop in that range that needs the fewest coincidences.';
COMMENT ON COLUMN taster.trace.drawn IS
    'Queries that the injector answered.';
COMMENT ON COLUMN taster.trace.injector_id IS
    'Row of injector; empty: not attributed.';
COMMENT ON COLUMN taster.trace.router IS
    'Who said that a query expired at the likeliest hop; anyone can say'
    ' so. NULL: nobody, or it is withheld.';
COMMENT ON COLUMN taster.trace.router_asn IS
    'AS that announces the routers address; 0: not known.';

INSERT INTO taster.vocabulary (kind, code, word, meaning) VALUES
('hop_method', 0, 'first_drawn', 'The lowest IP TTL that drew a forgery.'),
('hop_method', 1, 'mirrored', 'The injector copies IP TTLs into its replies.');

CREATE VIEW pub.trace AS
SELECT t.vantage_id, vantage.country, vantage.asn, t.batch_day, t.batch_id,
    t.set_ordinal, t.position, t.qname,
    coalesce(qtype.word, 'TYPE' || t.qtype) AS qtype, t.server, t.server_port,
    t.steps, t.server_hop_low, t.server_hop_high, t.is_symmetric,
    method.word AS method, t.hop_low, t.hop_high, t.hop_likely, t.drawn,
    nullif(t.injector_id, '') AS injector_id, t.router,
    nullif(t.router_asn, 0) AS router_asn
FROM taster.trace AS t
LEFT JOIN taster.vantage USING (vantage_id)
LEFT JOIN taster.vocabulary AS qtype
    ON qtype.kind = 'qtype' AND qtype.code = t.qtype
LEFT JOIN taster.vocabulary AS method
    ON method.kind = 'hop_method' AND method.code = t.method;

COMMENT ON VIEW pub.trace IS
    'At which hop injectors sit: one row for each that a trace located, or '
    'one without a hop where nothing forged was seen.';
COMMENT ON COLUMN pub.trace.vantage_id IS
    'Vantage point that measured; row of vantage.';
COMMENT ON COLUMN pub.trace.country IS
    'Country of the vantage point, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN pub.trace.asn IS
    'AS of the vantage point.';
COMMENT ON COLUMN pub.trace.batch_day IS
    'The UTC day inside batch_id.';
COMMENT ON COLUMN pub.trace.batch_id IS
    'The batch, as in batch.';
COMMENT ON COLUMN pub.trace.set_ordinal IS
    'Question set within the batch.';
COMMENT ON COLUMN pub.trace.position IS
    'From 0, within the batch: a trace may show several injectors.';
COMMENT ON COLUMN pub.trace.qname IS
    'The targets name.';
COMMENT ON COLUMN pub.trace.qtype IS
    'Type that was asked for.';
COMMENT ON COLUMN pub.trace.server IS
    'Server that the queries went to.';
COMMENT ON COLUMN pub.trace.server_port IS
    'Its port.';
COMMENT ON COLUMN pub.trace.steps IS
    'Queries of the series.';
COMMENT ON COLUMN pub.trace.server_hop_low IS
    'Lowest hop at which the server can stand; NULL: not seen.';
COMMENT ON COLUMN pub.trace.server_hop_high IS
    'Highest hop at which the server can stand; NULL: not seen.';
COMMENT ON COLUMN pub.trace.is_symmetric IS
    'Whether the way back is as long as the way out; NULL: nothing '
    'tells.';
COMMENT ON COLUMN pub.trace.method IS
    'How the hop was found. NULL: nothing forged was seen.';
COMMENT ON COLUMN pub.trace.hop_low IS
    'Lowest hop at which the injector can sit; hop 1 is the probes own '
    'link.';
COMMENT ON COLUMN pub.trace.hop_high IS
    'Highest hop at which the injector can sit.';
COMMENT ON COLUMN pub.trace.hop_likely IS
    'The hop in that range that needs the fewest coincidences.';
COMMENT ON COLUMN pub.trace.drawn IS
    'Queries that the injector answered.';
COMMENT ON COLUMN pub.trace.injector_id IS
    'Row of injector; NULL: not attributed.';
COMMENT ON COLUMN pub.trace.router IS
    'Who said that a query expired at the likeliest hop; anyone can say'
    ' so. NULL: nobody, or it is withheld.';
COMMENT ON COLUMN pub.trace.router_asn IS
    'AS that announces the routers address; NULL: not known.';

GRANT SELECT, INSERT ON taster.trace TO taster_ingest;
GRANT SELECT ON taster.trace TO taster_judge;
GRANT SELECT ON pub.trace TO taster_reader;

COMMIT;

DO $$ BEGIN PERFORM taster.maintain(); END $$;
