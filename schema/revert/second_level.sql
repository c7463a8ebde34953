-- Revert taster:second_level from pg

BEGIN;

DROP TABLE taster.rolled_day, taster.cell, taster.witness, taster.verdict_day,
    taster.coverage, taster.injector_day, taster.forged_address_day,
    taster.race_day, taster.transport_day, taster.hop_day, taster.control_day;

COMMIT;
