-- Deploy taster:control to pg
-- What control probes in free networks saw: the truth that replies are held
-- against. A small table, kept apart from evidence; it grows by whole answers.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.control_answer (
    qname       text        NOT NULL,
    qtype       integer     NOT NULL,
    kind        smallint    NOT NULL,
    address     inet,
    vantage_id  bigint      NOT NULL,
    first_time  timestamptz NOT NULL,
    last_time   timestamptz NOT NULL,

    CONSTRAINT one_row_an_answer
        UNIQUE NULLS NOT DISTINCT (qname, qtype, vantage_id, kind, address),
    CONSTRAINT address_iff_kind_is_address
        CHECK ((kind = 1) = (address IS NOT NULL))
);

COMMENT ON TABLE taster.control_answer IS
    'What control probes saw for a name: one row for each distinct answer '
    'and control vantage point.';
COMMENT ON COLUMN taster.control_answer.qname IS
    'Lower-case presentation format, trailing dot.';
COMMENT ON COLUMN taster.control_answer.qtype IS
    'Query type; vocabulary qtype.';
COMMENT ON COLUMN taster.control_answer.kind IS
    'Address, NODATA or NXDOMAIN; vocabulary control_kind.';
COMMENT ON COLUMN taster.control_answer.address IS
    'One address of the answer; NULL unless kind is address.';
COMMENT ON COLUMN taster.control_answer.vantage_id IS
    'Control vantage point that saw it; row of vantage.';
COMMENT ON COLUMN taster.control_answer.first_time IS
    'When it was first seen.';
COMMENT ON COLUMN taster.control_answer.last_time IS 'When it was last seen.';

GRANT SELECT, INSERT, UPDATE (first_time, last_time)
    ON taster.control_answer TO taster_ingest;
GRANT SELECT ON taster.control_answer TO taster_judge;

COMMIT;
