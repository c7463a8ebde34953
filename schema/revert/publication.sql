-- Revert taster:publication from pg

BEGIN;

DROP FUNCTION taster.set_floor(integer);
DROP TABLE taster.address_owner, taster.network, taster.domain_name,
    taster.publication;

COMMIT;
