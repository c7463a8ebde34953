-- Deploy taster:rollup to pg
-- First-level rollup: counts per vantage point, name and day, kept in the same
-- transaction as the verdicts they count.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.vantage_cell (
    vantage_id  bigint   NOT NULL,
    batch_day   date     NOT NULL,
    qname       text     NOT NULL,
    class       smallint NOT NULL,
    mechanism   smallint NOT NULL,
    injector_id text     NOT NULL,
    set_count   bigint   NOT NULL,

    PRIMARY KEY (vantage_id, batch_day, qname, class, mechanism, injector_id)
) PARTITION BY RANGE (batch_day);

-- A page about one name asks every vantage point at once.
CREATE INDEX vantage_cell_qname ON taster.vantage_cell (qname);

COMMENT ON TABLE taster.vantage_cell IS
    'Question sets counted per vantage point, name, day and verdict.';
COMMENT ON COLUMN taster.vantage_cell.vantage_id IS
    'Vantage point that measured; row of vantage.';
COMMENT ON COLUMN taster.vantage_cell.batch_day IS
    'The UTC day inside batch_id.';
COMMENT ON COLUMN taster.vantage_cell.qname IS
    'The target''s name, as in set_verdict.';
COMMENT ON COLUMN taster.vantage_cell.class IS
    'What it amounts to; vocabulary class, 0 is consistent.';
COMMENT ON COLUMN taster.vantage_cell.mechanism IS
    'Vocabulary mechanism; 0 is none.';
COMMENT ON COLUMN taster.vantage_cell.injector_id IS
    'Row of injector; empty: not attributed.';
COMMENT ON COLUMN taster.vantage_cell.set_count IS
    'Question sets with this verdict.';

GRANT SELECT, INSERT, UPDATE (set_count)
    ON taster.vantage_cell TO taster_ingest;
GRANT SELECT, INSERT, UPDATE, DELETE ON taster.vantage_cell TO taster_judge;

COMMIT;
