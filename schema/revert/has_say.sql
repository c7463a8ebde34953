-- Revert taster:has_say from pg

BEGIN;

DROP VIEW pub.verdict;
CREATE VIEW pub.verdict AS
SELECT v.vantage_id, v.batch_day, v.batch_id, v.ordinal, v.reply,
    class.word AS class, mechanism.word AS mechanism,
    nullif(v.injector_id, '') AS injector_id, ruleset.version AS ruleset
FROM taster.verdict AS v
LEFT JOIN taster.ruleset USING (ruleset_id)
LEFT JOIN taster.vocabulary AS class
    ON class.kind = 'class' AND class.code = v.class
LEFT JOIN taster.vocabulary AS mechanism
    ON mechanism.kind = 'mechanism' AND mechanism.code = v.mechanism;
COMMENT ON VIEW pub.verdict IS
    'The verdict on one measurement (reply 0) or one of its replies (from '
    '1). Key: vantage_id, batch_day, batch_id, ordinal, reply. Filter on '
    'batch_day.';
GRANT SELECT ON pub.verdict TO taster_reader;
ALTER TABLE taster.verdict DROP COLUMN has_say;

COMMIT;
