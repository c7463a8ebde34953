-- Deploy taster:verdicts to pg
-- What the judge made of the evidence. Disposable: every row can be made
-- again, so these tables may be rewritten, the evidence may not.

BEGIN;

-- The rules that looked. A verdict names the ruleset it was made under.
CREATE TABLE taster.ruleset (
    ruleset_id   bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    version      text        NOT NULL UNIQUE,
    -- Pools, fingerprints and prefixes that were loaded beside the rules.
    first_time   timestamptz NOT NULL DEFAULT now()
);

-- One question set: a target with its twins.
CREATE TABLE taster.set_verdict (
    vantage_id   bigint      NOT NULL,
    batch_day    date        NOT NULL,
    batch_id     uuid        NOT NULL,
    set_ordinal  smallint    NOT NULL,
    -- The target's name, as in measurement.
    qname        text        NOT NULL,
    class        smallint    NOT NULL,
    mechanism    smallint    NOT NULL,
    -- Empty: not attributed.
    injector_id  text        NOT NULL,
    ruleset_id   bigint      NOT NULL,
    -- Some measurement or reply in it is insufficient: worth judging again
    -- when control grows.
    is_open      boolean     NOT NULL,
    judge_time   timestamptz NOT NULL
) PARTITION BY RANGE (batch_day);

-- One measurement (reply 0) or one of its replies (from 1).
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

-- One rule that fired on one reply. Rules that did not fire leave no row.
CREATE TABLE taster.finding (
    vantage_id   bigint      NOT NULL,
    batch_day    date        NOT NULL,
    batch_id     uuid        NOT NULL,
    ordinal      smallint    NOT NULL,
    reply        smallint    NOT NULL,
    rule_id      text        NOT NULL,
    -- What it fired on, such as an address.
    subject      text        NOT NULL,
    reason       text        NOT NULL
) PARTITION BY RANGE (batch_day);

COMMIT;
