-- Verify taster:control_health on pg

BEGIN;

SELECT vantage_id, state, since_time, until_time, suspect_time, reason, names,
    failures, disagreements
FROM taster.control_health WHERE false;
SELECT control, country, asn, state, state_since, suspect_time, reason, names,
    failures, disagreements, last_time
FROM analysis.control_health WHERE false;

DO $$
BEGIN
    ASSERT has_column_privilege('taster_ingest', 'taster.control_health',
                                'until_time', 'UPDATE'),
        'taster_ingest cannot end a state';
    ASSERT NOT has_column_privilege('taster_ingest', 'taster.control_health',
                                    'state', 'UPDATE'),
        'taster_ingest rewrites states';
    ASSERT has_table_privilege('taster_judge', 'taster.control_health',
                               'SELECT'),
        'taster_judge does not know what is believed';
END
$$;

ROLLBACK;
