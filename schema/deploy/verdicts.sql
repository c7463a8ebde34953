-- Deploy taster:verdicts to pg
-- What the judge made of the evidence. Disposable: every row can be made
-- again, so these tables may be rewritten, the evidence may not.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.ruleset (
    ruleset_id   bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    version      text        NOT NULL UNIQUE,
    first_time   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE taster.set_verdict (
    vantage_id   bigint      NOT NULL,
    batch_day    date        NOT NULL,
    batch_id     uuid        NOT NULL,
    set_ordinal  smallint    NOT NULL,
    qname        text        NOT NULL,
    class        smallint    NOT NULL,
    mechanism    smallint    NOT NULL,
    injector_id  text        NOT NULL,
    ruleset_id   bigint      NOT NULL,
    is_open      boolean     NOT NULL,
    judge_time   timestamptz NOT NULL
) PARTITION BY RANGE (batch_day);

CREATE TABLE taster.verdict (
    vantage_id   bigint      NOT NULL,
    batch_day    date        NOT NULL,
    batch_id     uuid        NOT NULL,
    ordinal      smallint    NOT NULL,
    reply        smallint    NOT NULL,
    class        smallint    NOT NULL,
    mechanism    smallint    NOT NULL,
    injector_id  text        NOT NULL,
    ruleset_id   bigint      NOT NULL
) PARTITION BY RANGE (batch_day);

CREATE TABLE taster.finding (
    vantage_id   bigint      NOT NULL,
    batch_day    date        NOT NULL,
    batch_id     uuid        NOT NULL,
    ordinal      smallint    NOT NULL,
    reply        smallint    NOT NULL,
    rule_id      text        NOT NULL,
    subject      text        NOT NULL,
    reason       text        NOT NULL
) PARTITION BY RANGE (batch_day);

-- Only what somebody will look for: sets worth judging again when control
-- grows, and what is not consistent (class 0).
CREATE INDEX set_verdict_open ON taster.set_verdict (qname) WHERE is_open;
CREATE INDEX verdict_not_consistent
    ON taster.verdict (vantage_id, batch_id, ordinal) WHERE class <> 0;

COMMENT ON TABLE taster.ruleset IS
    'The rules that looked, with the reference data they looked at.';
COMMENT ON COLUMN taster.ruleset.ruleset_id IS 'Given at first use.';
COMMENT ON COLUMN taster.ruleset.version IS
    'Names the rules together with the pools, fingerprints and prefixes.';
COMMENT ON COLUMN taster.ruleset.first_time IS 'When it first judged.';

COMMENT ON TABLE taster.set_verdict IS
    'The verdict on one question set: a target with its twins.';
COMMENT ON COLUMN taster.set_verdict.set_ordinal IS
    'Question set within the batch.';
COMMENT ON COLUMN taster.set_verdict.qname IS
    'The target''s name, as in measurement.';
COMMENT ON COLUMN taster.set_verdict.is_open IS
    'Some measurement or reply in it is insufficient: worth judging again '
    'when control grows.';
COMMENT ON COLUMN taster.set_verdict.judge_time IS 'When it was judged.';

COMMENT ON TABLE taster.verdict IS
    'The verdict on one measurement (reply 0) or one of its replies.';
COMMENT ON COLUMN taster.verdict.reply IS
    '0: the measurement; from 1: the reply, as in response.';

COMMENT ON TABLE taster.finding IS
    'One rule that fired on one reply. Rules that did not fire leave no row.';
COMMENT ON COLUMN taster.finding.reply IS
    'The reply it fired on; from 1, as in response.';
COMMENT ON COLUMN taster.finding.rule_id IS
    'Permanent id of the rule; a new meaning has a new id.';
COMMENT ON COLUMN taster.finding.subject IS
    'What it fired on, such as an address.';
COMMENT ON COLUMN taster.finding.reason IS 'Why it fired, for people.';

DO $$
DECLARE
    verdict text;
    note record;
BEGIN
    FOREACH verdict IN ARRAY ARRAY['set_verdict', 'verdict', 'finding'] LOOP
        FOR note IN
            SELECT name, meaning
            FROM (VALUES
                ('vantage_id', 'Vantage point that measured; row of vantage.'),
                ('batch_day', 'The UTC day inside batch_id.'),
                ('batch_id', 'The batch, as in batch.'),
                ('ordinal', 'The measurement within the batch.'),
                ('class', 'What it amounts to; vocabulary class, 0 is '
                    'consistent.'),
                ('mechanism', 'Vocabulary mechanism; 0 is none.'),
                ('injector_id', 'Row of injector; empty: not attributed.'),
                ('ruleset_id', 'Who judged; row of ruleset.')
            ) AS common (name, meaning)
            JOIN pg_attribute
                ON attrelid = format('taster.%I', verdict)::regclass
                AND attname = name
        LOOP
            EXECUTE format('COMMENT ON COLUMN taster.%I.%I IS %L',
                           verdict, note.name, note.meaning);
        END LOOP;
    END LOOP;
END
$$;

GRANT SELECT, INSERT ON taster.ruleset, taster.set_verdict, taster.verdict,
    taster.finding TO taster_ingest;
GRANT SELECT, INSERT ON taster.ruleset TO taster_judge;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON taster.set_verdict, taster.verdict, taster.finding TO taster_judge;

COMMIT;
