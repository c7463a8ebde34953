-- Revert taster:control_health from pg

BEGIN;

DROP VIEW analysis.control_health;
DROP VIEW taster.believed_answer;
DROP VIEW taster.control_now;
DROP TABLE taster.control_health;

COMMIT;
