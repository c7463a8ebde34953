-- Deploy taster:control to pg
-- What control probes in free networks saw: the truth that replies are held
-- against. A small table, kept apart from evidence; it grows by whole answers.

BEGIN;

CREATE TABLE taster.control_answer (
    qname       text        NOT NULL,
    qtype       integer     NOT NULL,
    -- 1 address, 2 NODATA, 3 NXDOMAIN.
    kind        smallint    NOT NULL,
    -- NULL unless kind is 1.
    address     inet,
    vantage_id  bigint      NOT NULL,
    first_time  timestamptz NOT NULL,
    last_time   timestamptz NOT NULL,

    CONSTRAINT one_row_an_answer
        UNIQUE NULLS NOT DISTINCT (qname, qtype, vantage_id, kind, address),
    CONSTRAINT address_iff_kind_is_address
        CHECK ((kind = 1) = (address IS NOT NULL))
);

COMMIT;
