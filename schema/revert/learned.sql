-- Revert taster:learned from pg

BEGIN;

DROP VIEW pub.victims;
DROP VIEW pub.forged_addresses;
DROP VIEW pub.learned_pools;
DROP TABLE taster.victim;
DROP TABLE taster.shared_address;
DROP TABLE taster.learned_address;
DROP TABLE taster.learned_pool;

COMMIT;
