-- Revert taster:control_health from pg

BEGIN;

DROP VIEW analysis.control_health;
DROP TABLE taster.control_health;

COMMIT;
