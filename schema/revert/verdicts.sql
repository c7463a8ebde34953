-- Revert taster:verdicts from pg

BEGIN;

DROP TABLE taster.ruleset, taster.set_verdict, taster.verdict,
    taster.finding;

COMMIT;
