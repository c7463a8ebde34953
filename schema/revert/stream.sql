-- Revert taster:stream from pg

BEGIN;

DROP VIEW pub.stream;
DELETE FROM partman.part_config WHERE parent_table = 'taster.stream';
DROP TABLE taster.stream;
DELETE FROM taster.vocabulary
WHERE kind IN ('stream_phase', 'certificate_fault')
OR (kind = 'outcome' AND code >= 10)
OR (kind = 'question_role' AND code >= 4);

COMMIT;
