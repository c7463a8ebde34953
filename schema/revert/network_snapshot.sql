-- Revert taster:network_snapshot from pg

BEGIN;

DROP TABLE taster.network_snapshot;

COMMIT;
