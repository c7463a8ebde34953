-- Revert taster:rollup from pg

BEGIN;

DROP TABLE taster.vantage_cell;

COMMIT;
