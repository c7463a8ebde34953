-- Revert taster:growing from pg

BEGIN;

DROP FUNCTION taster.make_days(name);

COMMIT;
