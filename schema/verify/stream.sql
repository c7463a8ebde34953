-- Verify taster:stream on pg

BEGIN;

SELECT vantage_id, batch_day, batch_id, ordinal, server_name, phase,
    bytes_received, connect_time, handshake_time, tls_alert, http_status,
    certificate_fault, certificates
FROM taster.stream WHERE false;

DO $$
BEGIN
    ASSERT has_table_privilege('taster_ingest', 'taster.stream', 'INSERT'),
        'taster_ingest cannot write connections';
END
$$;

ROLLBACK;
