-- Deploy taster:shown_evidence to pg
-- The measurements that stand for published cells, copied when a day is rolled
-- up: who looks at one does not search evidence, and it stays when the day's
-- evidence is archived.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.shown_evidence (
    day         date             NOT NULL,
    witness     text             NOT NULL,
    hour        timestamptz      NOT NULL,
    qname       text             NOT NULL,
    qtype       integer          NOT NULL,
    country     text             NOT NULL,
    asn         bigint,
    server      text             NOT NULL,
    server_kind smallint         NOT NULL,
    transport   smallint         NOT NULL,
    outcome     smallint         NOT NULL,
    window_ms   double precision NOT NULL,
    query       bytea            NOT NULL,
    class       smallint,
    mechanism   smallint,
    injector_id text,
    ruleset     text,
    agreement   real,

    CONSTRAINT one_row_a_shown_witness PRIMARY KEY (witness)
);
CREATE INDEX shown_evidence_day ON taster.shown_evidence (day);

CREATE TABLE taster.shown_reply (
    day           date             NOT NULL,
    witness       text             NOT NULL,
    reply         smallint         NOT NULL,
    offset_ms     double precision NOT NULL,
    source        inet,
    ip_ttl        smallint,
    dont_fragment boolean,
    ip_id_zero    boolean,
    fit           smallint         NOT NULL,
    rcode         smallint         NOT NULL,
    flags         integer          NOT NULL,
    addresses     inet[]           NOT NULL,
    rr_ttl        bigint,
    defect        smallint         NOT NULL,
    message       bytea            NOT NULL,
    class         smallint,
    mechanism     smallint,
    injector_id   text,

    CONSTRAINT one_row_a_shown_reply PRIMARY KEY (witness, reply)
);
CREATE INDEX shown_reply_day ON taster.shown_reply (day);

CREATE TABLE taster.shown_finding (
    day     date     NOT NULL,
    witness text     NOT NULL,
    reply   smallint NOT NULL,
    rule_id text     NOT NULL,
    subject text     NOT NULL,
    reason  text     NOT NULL,

    CONSTRAINT one_row_a_shown_finding
        PRIMARY KEY (witness, reply, rule_id, subject)
);
CREATE INDEX shown_finding_day ON taster.shown_finding (day);

COMMENT ON TABLE taster.shown_evidence IS
    'Measurements that stand for published cells. Never whom a system''s own '
    'resolver is: that tells the household.';
COMMENT ON TABLE taster.shown_reply IS 'Their replies.';
COMMENT ON TABLE taster.shown_finding IS
    'Rules that fired on them or on their replies.';
COMMENT ON COLUMN taster.shown_reply.source IS
    'Whom the reply claims to be from; NULL: the system''s resolver.';
COMMENT ON COLUMN taster.shown_reply.addresses IS
    'Addresses in its answer section.';

\ir pub/column_words.sql

COMMIT;
