-- Deploy taster:patience to pg
-- Who rolls up by hand waits for a collector that is at it, longer than roles
-- wait for a lock.

BEGIN;

SET LOCAL ROLE taster_owner;

ALTER FUNCTION taster.roll_up(date) SET lock_timeout = '10min';
ALTER FUNCTION taster.sum_up() SET lock_timeout = '10min';
ALTER FUNCTION taster.detect_events(date) SET lock_timeout = '10min';

COMMIT;
