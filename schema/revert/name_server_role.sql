-- Revert taster:name_server_role from pg

BEGIN;

DELETE FROM taster.vocabulary WHERE kind = 'question_role' AND code = 8;

COMMIT;
