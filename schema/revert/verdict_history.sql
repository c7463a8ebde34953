-- Revert taster:verdict_history from pg

BEGIN;

DROP VIEW pub.verdict_history;
DROP TABLE taster.verdict_history;

COMMIT;
