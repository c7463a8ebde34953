-- Revert taster:domain_level from pg

BEGIN;

DROP TABLE taster.domain_address_day, taster.domain_transport_day,
    taster.domain_race_day, taster.domain_hop_day;

COMMIT;
