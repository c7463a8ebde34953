-- Verify taster:trace on pg

BEGIN;

SELECT vantage_id, batch_day, batch_id, set_ordinal, position, qname, qtype,
    server, server_port, steps, server_hop_low, server_hop_high, is_symmetric,
    method, hop_low, hop_high, hop_likely, drawn, injector_id, router,
    router_asn
FROM taster.trace WHERE false;

DO $$
BEGIN
    ASSERT has_table_privilege('taster_ingest', 'taster.trace', 'INSERT'),
        'taster_ingest cannot write traces';
END
$$;

ROLLBACK;
