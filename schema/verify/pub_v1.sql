-- Verify taster:pub_v1 on pg

BEGIN;

-- As a reader, so that a view that needs more than its grant shows.
SET LOCAL ROLE taster_reader;

DO $$
DECLARE
    seen record;
BEGIN
    FOR seen IN
        SELECT viewname FROM pg_views WHERE schemaname = 'pub'
    LOOP
        EXECUTE format('SELECT count(*) FROM pub.%I WHERE false',
                       seen.viewname);
    END LOOP;
END
$$;

SELECT day, domain, scope, country, asn, verdict, agreement, probes, witness
FROM pub.cell WHERE false;
SELECT witness, class, mechanism FROM pub.evidence WHERE false;
SELECT witness, reply, class, message FROM pub.evidence_reply WHERE false;

RESET ROLE;

DO $$
BEGIN
    ASSERT NOT EXISTS (
        SELECT FROM pg_class
        WHERE relnamespace = 'pub'::regnamespace
        AND (relkind <> 'v' OR relowner <> 'taster_owner'::regrole)),
        'pub holds something that is not the owner''s view';
    ASSERT NOT EXISTS (
        SELECT FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'pub'::regnamespace
        AND attname IN ('vantage_id', 'batch_id', 'source_port', 'key')),
        'pub tells vantage points apart';
END
$$;

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
