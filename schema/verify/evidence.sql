-- Verify taster:evidence on pg

BEGIN;

SELECT vantage_id, batch_day, batch_id, payload_hash, receive_time,
    measurement_count, refused_count, software, target_list
FROM taster.batch WHERE false;

SELECT vantage_id, batch_day, batch_id, ordinal, set_ordinal, question_role,
    qname, qtype, server, server_port, server_kind, transport, query_time,
    window_length, source_port, query_ip_ttl, outcome, response_count,
    uncounted_responses, retry, query
FROM taster.measurement WHERE false;

SELECT vantage_id, batch_day, batch_id, ordinal, reply, arrival_offset,
    source, source_port, ip_ttl, dont_fragment, ip_id_zero, fit, flags,
    rcode, addresses, rr_ttl, defect, message, original_size
FROM taster.response WHERE false;

SELECT vantage_id, batch_day, batch_id, ordinal, position, offender,
    icmp_type, icmp_code, arrival_offset
FROM taster.icmp_error WHERE false;

SELECT vantage_id, batch_day, batch_id, ordinal, reply, byte_offset,
    byte_length, reason
FROM taster.redaction WHERE false;

DO $$
BEGIN
    ASSERT (SELECT count(*) FROM pg_partitioned_table
            WHERE partrelid IN ('taster.batch'::regclass,
                'taster.measurement'::regclass, 'taster.response'::regclass,
                'taster.icmp_error'::regclass, 'taster.redaction'::regclass)
            ) = 5, 'evidence is not partitioned';
    ASSERT has_table_privilege('taster_ingest', 'taster.response', 'INSERT'),
        'taster_ingest cannot write evidence';
    ASSERT NOT has_table_privilege('taster_ingest', 'taster.response',
                                   'UPDATE, DELETE, TRUNCATE'),
        'taster_ingest rewrites evidence';
    ASSERT NOT has_table_privilege('taster_judge', 'taster.response',
                                   'INSERT, UPDATE, DELETE, TRUNCATE'),
        'taster_judge writes evidence';
END
$$;

ROLLBACK;
