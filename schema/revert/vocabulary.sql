-- Revert taster:vocabulary from pg

BEGIN;

DROP TABLE taster.vocabulary;

COMMIT;
