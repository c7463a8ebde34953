-- Revert taster:upkeep from pg
-- The function stays: the one before it says the same.

BEGIN;
COMMIT;
