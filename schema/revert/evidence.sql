-- Revert taster:evidence from pg

BEGIN;

DROP TABLE taster.batch, taster.measurement, taster.response,
    taster.icmp_error, taster.redaction;

COMMIT;
