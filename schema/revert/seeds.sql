-- Revert taster:seeds from pg

BEGIN;

DELETE FROM taster.injector;
DELETE FROM taster.injector_fingerprint;
DELETE FROM taster.forged_pool;
DELETE FROM taster.forged_address;

COMMIT;
