-- Revert taster:pub from pg

BEGIN;

DROP VIEW pub.vocabulary, pub.vantage, pub.measurement, pub.response,
    pub.set_verdict, pub.verdict, pub.finding, pub.cell, pub.control_answer,
    pub.injector, pub.injector_fingerprint, pub.forged_pool,
    pub.forged_address;
REVOKE SELECT ON sqitch.changes
    FROM taster_ingest, taster_judge, taster_enroll, taster_reader;
REVOKE USAGE ON SCHEMA sqitch
    FROM taster_ingest, taster_judge, taster_enroll, taster_reader;

COMMIT;
