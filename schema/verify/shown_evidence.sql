-- Verify taster:shown_evidence on pg

BEGIN;

SELECT witness, class, query FROM taster.shown_evidence WHERE false;
SELECT witness, reply, message FROM taster.shown_reply WHERE false;
SELECT witness, rule_id, reason FROM taster.shown_finding WHERE false;

-- No page searches evidence.
DO $$
BEGIN
    ASSERT NOT EXISTS (
        SELECT FROM pg_depend AS uses
        JOIN pg_rewrite ON pg_rewrite.oid = uses.objid
        JOIN pg_class AS view ON view.oid = pg_rewrite.ev_class
        WHERE view.relnamespace = 'pub'::regnamespace
        AND uses.refobjid IN ('taster.measurement'::regclass,
            'taster.response'::regclass, 'taster.verdict'::regclass,
            'taster.finding'::regclass, 'taster.vantage_cell'::regclass)),
        'a public view reads evidence';
END
$$;

ROLLBACK;
