-- Revert taster:control from pg

BEGIN;

DROP TABLE taster.control_answer;

COMMIT;
