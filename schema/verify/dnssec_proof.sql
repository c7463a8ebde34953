-- Verify taster:dnssec_proof on pg

BEGIN;

SELECT link_hash, qname, qtype, message, first_time, last_time
FROM taster.dnssec_link WHERE false;
SELECT vantage_id, qname, qtype, proof_day, measure_time, result, reason,
    valid_from, valid_until, links
FROM taster.dnssec_proof WHERE false;
SELECT control, qname, qtype, proof_day, measure_time, result, reason,
    valid_from, valid_until, chain
FROM analysis.dnssec_proof WHERE false;

DO $$
BEGIN
    ASSERT (SELECT word FROM taster.vocabulary
            WHERE kind = 'question_role' AND code = 9) = 'proof',
        'the role is missing';
    ASSERT has_column_privilege('taster_ingest', 'taster.dnssec_proof',
                                'result', 'UPDATE'),
        'taster_ingest cannot better a proof';
    ASSERT NOT has_column_privilege('taster_ingest', 'taster.dnssec_link',
                                    'message', 'UPDATE'),
        'taster_ingest rewrites links';
    ASSERT has_table_privilege('taster_judge', 'taster.dnssec_proof',
                               'SELECT'),
        'taster_judge does not know what is proved';
END
$$;

ROLLBACK;
