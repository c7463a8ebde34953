-- Revert taster:identity_role from pg

BEGIN;

DELETE FROM taster.vocabulary WHERE kind = 'question_role' AND code = 3;

COMMIT;
