-- Deploy taster:verdict_history to pg
-- What was said of a set before it was judged otherwise.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.verdict_history (
    vantage_id   bigint      NOT NULL,
    batch_day    date        NOT NULL,
    batch_id     uuid        NOT NULL,
    set_ordinal  smallint    NOT NULL,
    qname        text        NOT NULL,
    class        smallint    NOT NULL,
    mechanism    smallint    NOT NULL,
    injector_id  text        NOT NULL,
    ruleset_id   bigint      NOT NULL,
    judge_time   timestamptz NOT NULL,
    replace_time timestamptz NOT NULL
);

CREATE INDEX verdict_history_set
    ON taster.verdict_history (vantage_id, batch_id, set_ordinal);

COMMENT ON TABLE taster.verdict_history IS
    'Verdicts on question sets that were replaced by others: of another '
    'ruleset, or settled before. Rows are added only.';
COMMENT ON COLUMN taster.verdict_history.vantage_id IS
    'Vantage point that measured; row of vantage.';
COMMENT ON COLUMN taster.verdict_history.batch_day IS
    'The UTC day inside batch_id.';
COMMENT ON COLUMN taster.verdict_history.batch_id IS 'The batch, as in batch.';
COMMENT ON COLUMN taster.verdict_history.set_ordinal IS
    'Question set within the batch.';
COMMENT ON COLUMN taster.verdict_history.qname IS
    'The target''s name, as in set_verdict.';
COMMENT ON COLUMN taster.verdict_history.class IS
    'What it amounted to; vocabulary class.';
COMMENT ON COLUMN taster.verdict_history.mechanism IS
    'Vocabulary mechanism; 0 is none.';
COMMENT ON COLUMN taster.verdict_history.injector_id IS
    'Row of injector; empty: not attributed.';
COMMENT ON COLUMN taster.verdict_history.ruleset_id IS
    'Who had judged; row of ruleset.';
COMMENT ON COLUMN taster.verdict_history.judge_time IS
    'When it had been judged.';
COMMENT ON COLUMN taster.verdict_history.replace_time IS
    'When it was judged otherwise.';

CREATE VIEW pub.verdict_history AS
SELECT h.vantage_id, h.batch_day, h.batch_id, h.set_ordinal, h.qname,
    class.word AS class, mechanism.word AS mechanism,
    nullif(h.injector_id, '') AS injector_id, ruleset.version AS ruleset,
    h.judge_time, h.replace_time
FROM taster.verdict_history AS h
LEFT JOIN taster.ruleset USING (ruleset_id)
LEFT JOIN taster.vocabulary AS class
    ON class.kind = 'class' AND class.code = h.class
LEFT JOIN taster.vocabulary AS mechanism
    ON mechanism.kind = 'mechanism' AND mechanism.code = h.mechanism;

COMMENT ON VIEW pub.verdict_history IS
    'What was said of question sets before they were judged otherwise.';
COMMENT ON COLUMN pub.verdict_history.vantage_id IS
    'Vantage point that measured; row of vantage.';
COMMENT ON COLUMN pub.verdict_history.batch_day IS
    'The UTC day inside batch_id.';
COMMENT ON COLUMN pub.verdict_history.batch_id IS
    'The batch, as in set_verdict.';
COMMENT ON COLUMN pub.verdict_history.set_ordinal IS
    'Question set within the batch.';
COMMENT ON COLUMN pub.verdict_history.qname IS 'The target''s name.';
COMMENT ON COLUMN pub.verdict_history.class IS
    'What it amounted to; vocabulary class.';
COMMENT ON COLUMN pub.verdict_history.mechanism IS
    'How, as was thought; vocabulary mechanism.';
COMMENT ON COLUMN pub.verdict_history.injector_id IS
    'By whom, as was thought; NULL: not attributed.';
COMMENT ON COLUMN pub.verdict_history.ruleset IS
    'The rules and reference data that had judged.';
COMMENT ON COLUMN pub.verdict_history.judge_time IS 'When it had been judged.';
COMMENT ON COLUMN pub.verdict_history.replace_time IS
    'When it was judged otherwise.';

GRANT SELECT, INSERT ON taster.verdict_history TO taster_judge;
GRANT SELECT ON pub.verdict_history TO taster_reader;

COMMIT;
