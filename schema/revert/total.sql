-- Revert taster:total from pg

BEGIN;

DROP TABLE taster.summed_up, taster.domain_total, taster.network_total,
    taster.forged_address_total, taster.injector_total,
    taster.injector_domain, taster.domain_address_total, taster.pool_growth, taster.control_total,
    taster.event, taster.reserved_prefix;

COMMIT;
