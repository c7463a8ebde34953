-- Revert taster:patience from pg

BEGIN;

ALTER FUNCTION taster.roll_up(date) RESET lock_timeout;
ALTER FUNCTION taster.sum_up() RESET lock_timeout;
ALTER FUNCTION taster.detect_events(date) RESET lock_timeout;

COMMIT;
