-- Deploy taster:seeds to pg
-- What is known before anything is measured. A later edition of the files is
-- loaded by a change of its own that includes the same script.

BEGIN;

SET LOCAL ROLE taster_owner;
\ir seeds/load.sql

COMMIT;
