-- Deploy taster:rollup to pg
-- First-level rollup: counts per vantage point, name and day, kept in the same
-- transaction as the verdicts they count.

BEGIN;

CREATE TABLE taster.vantage_cell (
    vantage_id  bigint   NOT NULL,
    batch_day   date     NOT NULL,
    qname       text     NOT NULL,
    class       smallint NOT NULL,
    mechanism   smallint NOT NULL,
    injector_id text     NOT NULL,
    -- Question sets with this verdict.
    set_count   bigint   NOT NULL,

    PRIMARY KEY (vantage_id, batch_day, qname, class, mechanism, injector_id)
) PARTITION BY RANGE (batch_day);

COMMIT;
