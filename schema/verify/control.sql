-- Verify taster:control on pg

BEGIN;

SELECT qname, qtype, kind, address, vantage_id, first_time, last_time
FROM taster.control_answer WHERE false;

DO $$
BEGIN
    ASSERT has_column_privilege('taster_ingest', 'taster.control_answer',
                                'last_time', 'UPDATE'),
        'taster_ingest cannot see an answer again';
    ASSERT NOT has_column_privilege('taster_ingest', 'taster.control_answer',
                                    'address', 'UPDATE'),
        'taster_ingest rewrites answers';
END
$$;

ROLLBACK;
