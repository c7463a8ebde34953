-- Revert taster:catalogue from pg

BEGIN;

DROP TABLE taster.vantage, taster.injector,
    taster.injector_fingerprint, taster.forged_pool, taster.forged_address;

COMMIT;
