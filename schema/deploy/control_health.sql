-- Deploy taster:control_health to pg
-- Which controls could be believed, and when. What an unhealthy one says is
-- stored as evidence, and teaches nothing.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.control_health (
    vantage_id    bigint      NOT NULL,
    state         text        NOT NULL,
    since_time    timestamptz NOT NULL,
    until_time    timestamptz,
    suspect_time  timestamptz,
    reason        text        NOT NULL,
    names         integer     NOT NULL,
    failures      integer     NOT NULL,
    disagreements integer     NOT NULL,

    PRIMARY KEY (vantage_id, since_time),
    CONSTRAINT state_of_control_is_known CHECK (state IN ('healthy', 'stale',
        'filtered', 'poisoned', 'failing'))
);

-- One state at a time.
CREATE UNIQUE INDEX control_health_now ON taster.control_health (vantage_id)
    WHERE until_time IS NULL;

COMMENT ON TABLE taster.control_health IS
    'In which state a control vantage point was, and from when to when. One '
    'that has no row was never assessed, and counts as healthy.';
COMMENT ON COLUMN taster.control_health.vantage_id IS
    'Control vantage point; row of vantage.';
COMMENT ON COLUMN taster.control_health.state IS
    'healthy; stale: nothing was heard of it for a day; filtered: names are '
    'withheld from it that others resolve; poisoned: it is answered with '
    'addresses of forgers; failing: it answers too little. What filtered and '
    'poisoned ones say is not believed, nor what failing ones say anew.';
COMMENT ON COLUMN taster.control_health.since_time IS 'When that was found.';
COMMENT ON COLUMN taster.control_health.until_time IS
    'When it was found otherwise; NULL: it is so now.';
COMMENT ON COLUMN taster.control_health.suspect_time IS
    'When it first gave what speaks against it: from then on its answers are '
    'not believed. NULL: nothing does.';
COMMENT ON COLUMN taster.control_health.reason IS
    'Why, for people, without names; empty: healthy.';
COMMENT ON COLUMN taster.control_health.names IS
    'Names and types that it and another control answered lately.';
COMMENT ON COLUMN taster.control_health.failures IS
    'Of those: it got no usable reply.';
COMMENT ON COLUMN taster.control_health.disagreements IS
    'Of those: it was answered otherwise than the others.';

CREATE VIEW analysis.control_health AS
SELECT v.vantage_id AS control, v.country::text AS country, v.asn,
    coalesce(h.state, 'healthy') AS state,
    coalesce(h.since_time, v.enroll_time) AS state_since, h.suspect_time,
    coalesce(h.reason, '') AS reason, coalesce(h.names, 0) AS names,
    coalesce(h.failures, 0) AS failures,
    coalesce(h.disagreements, 0) AS disagreements,
    (SELECT max(a.last_time) FROM taster.control_answer AS a
     WHERE a.vantage_id = v.vantage_id) AS last_time
FROM taster.vantage AS v
LEFT JOIN taster.control_health AS h
    ON h.vantage_id = v.vantage_id AND h.until_time IS NULL
WHERE v.role = 'control' AND v.revoke_time IS NULL;

COMMENT ON VIEW analysis.control_health IS
    'Every control, and whether it can be believed now. Key: control.';
COMMENT ON COLUMN analysis.control_health.control IS
    'Number of the control vantage point.';
COMMENT ON COLUMN analysis.control_health.country IS 'Where it stands.';
COMMENT ON COLUMN analysis.control_health.asn IS
    'In which network; 0: not known.';
COMMENT ON COLUMN analysis.control_health.state IS
    'healthy, stale, filtered, poisoned or failing.';
COMMENT ON COLUMN analysis.control_health.state_since IS
    'When that was found; when it was enrolled, if nothing else ever was.';
COMMENT ON COLUMN analysis.control_health.suspect_time IS
    'When it first gave what speaks against it; NULL: nothing does.';
COMMENT ON COLUMN analysis.control_health.reason IS
    'Why, for people; empty: healthy.';
COMMENT ON COLUMN analysis.control_health.names IS
    'Names and types that it and another control answered lately.';
COMMENT ON COLUMN analysis.control_health.failures IS
    'Of those: it got no usable reply.';
COMMENT ON COLUMN analysis.control_health.disagreements IS
    'Of those: it was answered otherwise than the others.';
COMMENT ON COLUMN analysis.control_health.last_time IS
    'When it last saw an answer; NULL: never.';

GRANT SELECT, INSERT, UPDATE (until_time, reason, names, failures,
    disagreements) ON taster.control_health TO taster_ingest;
GRANT SELECT ON taster.control_health TO taster_judge;
GRANT SELECT ON analysis.control_health TO taster_analyst;

COMMIT;
