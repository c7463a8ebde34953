-- Revert taster:sum_up from pg

BEGIN;

DROP FUNCTION taster.roll_up_due(integer), taster.sum_is_due(),
    taster.sum_up(), taster.fresh_control_total(date, bigint),
    taster.control_disagreements(), taster.fresh_pool_growth(date, bigint),
    taster.fresh_injector_domain(date, bigint),
    taster.fresh_injector_total(date, bigint),
    taster.fresh_forged_address_total(date, bigint),
    taster.fresh_domain_address_total(date, bigint),
    taster.fresh_network_total(date, bigint),
    taster.fresh_domain_total(date, bigint), taster.recent_day();
REVOKE SELECT ON taster.domain_total, taster.network_total, taster.hop_day,
    taster.forged_address_total, taster.control_total FROM taster_judge;

COMMIT;
