-- Verify taster:rollup on pg

BEGIN;

SELECT vantage_id, batch_day, qname, class, mechanism, injector_id, set_count
FROM taster.vantage_cell WHERE false;

DO $$
BEGIN
    ASSERT has_column_privilege('taster_ingest', 'taster.vantage_cell',
                                'set_count', 'UPDATE'),
        'taster_ingest cannot count';
    ASSERT NOT has_table_privilege('taster_ingest', 'taster.vantage_cell',
                                   'DELETE'),
        'taster_ingest deletes counts';
END
$$;

ROLLBACK;
