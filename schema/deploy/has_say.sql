-- Deploy taster:has_say to pg
-- Which verdicts count for the name that was asked for.

BEGIN;

SET LOCAL ROLE taster_owner;

ALTER TABLE taster.verdict ADD COLUMN has_say boolean NOT NULL DEFAULT true;

-- Of what was judged before: the silence of canaries, and resolvers that were
-- told not to recurse. `taster-collector rejudge` settles the rest.
UPDATE taster.verdict AS v
SET has_say = false
FROM taster.measurement AS m
WHERE (m.vantage_id, m.batch_day, m.batch_id, m.ordinal)
    = (v.vantage_id, v.batch_day, v.batch_id, v.ordinal)
AND v.reply = 0 AND v.class = 1
AND ((m.server_kind = 4 AND m.response_count = 0)
     OR (m.server_kind <> 3 AND length(m.query) > 2
         AND get_byte(m.query, 2) & 1 = 0));

ALTER TABLE taster.verdict ALTER COLUMN has_say DROP DEFAULT;

COMMENT ON COLUMN taster.verdict.has_say IS
    'Whether the measurement counts for its name. Does not: what asks for '
    'another name, and silence that is as it should be or says nothing of '
    'this name, such as a canary''s.';

CREATE OR REPLACE VIEW pub.verdict AS
SELECT v.vantage_id, v.batch_day, v.batch_id, v.ordinal, v.reply,
    class.word AS class, mechanism.word AS mechanism,
    nullif(v.injector_id, '') AS injector_id, ruleset.version AS ruleset,
    v.has_say
FROM taster.verdict AS v
LEFT JOIN taster.ruleset USING (ruleset_id)
LEFT JOIN taster.vocabulary AS class
    ON class.kind = 'class' AND class.code = v.class
LEFT JOIN taster.vocabulary AS mechanism
    ON mechanism.kind = 'mechanism' AND mechanism.code = v.mechanism;

COMMENT ON COLUMN pub.verdict.has_say IS
    'Whether the measurement counts for its name. Does not: what asks for '
    'another name, and silence that is as it should be or says nothing of '
    'this name, such as a canary''s.';

COMMIT;
