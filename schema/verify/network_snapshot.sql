-- Verify taster:network_snapshot on pg

BEGIN;

SELECT snapshot, source, taken, digest, first_time
FROM taster.network_snapshot WHERE false;

DO $$
BEGIN
    ASSERT has_table_privilege('taster_ingest', 'taster.network_snapshot',
                               'INSERT'),
        'taster_ingest cannot record a snapshot';
    ASSERT NOT has_any_column_privilege(
        'taster_ingest', 'taster.network_snapshot', 'UPDATE'),
        'taster_ingest rewrites snapshots';
END
$$;

ROLLBACK;
