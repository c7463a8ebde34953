-- Verify taster:pub on pg

BEGIN;

-- Change analysis moves views of evidence to another schema, and looks with
-- the eyes of who may read them.
SET LOCAL search_path = analysis, pub;

SELECT qname, country, asn, batch_day, set_count, vantage_count,
    poisoned_vantage_count, mechanisms, injectors
FROM cell WHERE false;
SELECT vantage_id, batch_day, batch_id, ordinal, outcome
FROM measurement WHERE false;
SELECT vantage_id, batch_day, batch_id, ordinal, reply, message
FROM response WHERE false;
SELECT class, mechanism, injector_id, ruleset FROM set_verdict WHERE false;
SELECT class, mechanism, injector_id, ruleset FROM verdict WHERE false;
SELECT rule_id, subject, reason FROM finding WHERE false;
SELECT qname, qtype, kind, address FROM control_answer WHERE false;
SELECT kind, code, word, meaning FROM vocabulary WHERE false;
SELECT vantage_id, role, country, asn FROM vantage WHERE false;
SELECT injector_id, name FROM injector WHERE false;
SELECT injector_id, since, until FROM injector_fingerprint WHERE false;
SELECT pool_id, family FROM forged_pool WHERE false;
SELECT pool_id, position, address FROM forged_address WHERE false;

DO $$
BEGIN
    ASSERT NOT EXISTS (
        SELECT FROM pg_class
        WHERE relnamespace = 'pub'::regnamespace
        AND (relkind <> 'v' OR relowner <> 'taster_owner'::regrole)),
        'pub holds something that is not the owner''s view';
    ASSERT NOT EXISTS (
        SELECT FROM pg_attribute
        WHERE attrelid = 'vantage'::regclass AND attname = 'key'),
        'pub shows keys';
END
$$;

ROLLBACK;
