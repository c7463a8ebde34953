-- Verify taster:catalogue on pg

BEGIN;

SELECT vantage_id, key, role, country, asn, enroll_time, revoke_time
FROM taster.vantage WHERE false;

SELECT injector_id, name, country, source
FROM taster.injector WHERE false;

SELECT injector_id, since, until, aa, aa_iff_not_rd, rd_echoed,
    dont_fragment, ip_id_zero, owner_is_pointer, rr_ttl, pools, source
FROM taster.injector_fingerprint WHERE false;

SELECT pool_id, family, ordered, since, until, source
FROM taster.forged_pool WHERE false;

SELECT pool_id, position, address
FROM taster.forged_address WHERE false;

DO $$
BEGIN
    ASSERT has_table_privilege('taster_ingest', 'taster.vantage', 'SELECT'),
        'taster_ingest cannot find vantage points';
    ASSERT NOT has_table_privilege('taster_ingest', 'taster.vantage',
                                   'INSERT, UPDATE, DELETE'),
        'taster_ingest admits vantage points';
    ASSERT has_table_privilege('taster_enroll', 'taster.vantage', 'INSERT'),
        'taster_enroll cannot admit vantage points';
END
$$;

ROLLBACK;
