-- Revert taster:roll_up from pg

BEGIN;

DROP FUNCTION taster.roll_up(date), taster.due_day(), taster.day_counters(),
    taster.roll_up_edition(), taster.settle(name, date, bigint),
    taster.same_key(name), taster.update_time_of(name, text),
    taster.columns_of(name, text, text),
    taster.fresh_domain_hop_day(date, bigint),
    taster.fresh_domain_race_day(date, bigint),
    taster.fresh_domain_transport_day(date, bigint),
    taster.fresh_domain_address_day(date, bigint),
    taster.fresh_hop_day(date, bigint), taster.fresh_race_day(date, bigint),
    taster.fresh_forged_address_day(date, bigint),
    taster.fresh_injector_day(date, bigint),
    taster.fresh_control_day(date, bigint),
    taster.fresh_coverage(date, bigint),
    taster.fresh_transport_day(date, bigint),
    taster.fresh_verdict_day(date, bigint),
    taster.fresh_shown_finding(date, bigint),
    taster.fresh_shown_reply(date, bigint),
    taster.fresh_shown_evidence(date, bigint),
    taster.fresh_witness(date, bigint), taster.fresh_cell(date, bigint),
    taster.weighed(), taster.find_candidates(), taster.publish(bigint),
    taster.count_populations(), taster.stage_day(date),
    taster.class_rank(smallint), taster.make_stage();

COMMIT;
