-- Deploy taster:roll_up to pg
-- Makes the second level of a day, from first level and evidence: wholesale,
-- and again whenever something came for the day or was judged otherwise.

BEGIN;

SET LOCAL ROLE taster_owner;
-- The session's temporary tables are not there yet.
SET LOCAL check_function_bodies = off;

\ir roll_up/stage.sql
\ir roll_up/publishable.sql
\ir roll_up/fresh_cell.sql
\ir roll_up/fresh_place.sql
\ir roll_up/fresh_forgery.sql
\ir roll_up/fresh_evidence.sql
\ir roll_up/fresh_domain.sql
\ir roll_up/settle.sql
\ir roll_up/roll_up.sql

COMMIT;
