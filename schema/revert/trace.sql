-- Revert taster:trace from pg

BEGIN;

DROP VIEW pub.trace;
DELETE FROM partman.part_config WHERE parent_table = 'taster.trace';
DROP TABLE taster.trace;
DELETE FROM taster.vocabulary WHERE kind = 'hop_method';

COMMIT;
