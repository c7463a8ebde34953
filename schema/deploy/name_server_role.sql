-- Deploy taster:name_server_role to pg
-- A question may ask for the address of a target's name server.

BEGIN;

SET LOCAL ROLE taster_owner;

INSERT INTO taster.vocabulary (kind, code, word, meaning) VALUES
('question_role', 8, 'name_server',
 'Asks for the address of a name server of the target''s.');

COMMIT;
