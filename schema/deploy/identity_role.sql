-- Deploy taster:identity_role to pg
-- A question may ask which resolver really answers.

BEGIN;

SET LOCAL ROLE taster_owner;

INSERT INTO taster.vocabulary (kind, code, word, meaning) VALUES
('question_role', 3, 'identity', 'Asks who answers: a name whose authority '
 'says which address asked it.');

COMMIT;
