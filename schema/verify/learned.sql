-- Verify taster:learned on pg

BEGIN;

SELECT pool, country, asn, family, first_day, last_day, names, learned_time,
    is_revoked
FROM taster.learned_pool WHERE false;
SELECT pool, address, owner_as, first_day, last_day, names, registrable
FROM taster.learned_address WHERE false;
SELECT country, asn, address, first_day, last_day, registrable, forged
FROM taster.shared_address WHERE false;
SELECT address, owner_as, owner_name, country, names, sample_names, networks,
    first_day, last_day, served
FROM taster.victim WHERE false;

DO $$
BEGIN
    ASSERT has_table_privilege('taster_judge', 'taster.learned_pool',
                               'INSERT, UPDATE, DELETE'),
        'taster_judge cannot learn';
    ASSERT NOT has_table_privilege('taster_ingest', 'taster.learned_pool',
                                   'INSERT, UPDATE, DELETE'),
        'taster_ingest learns';
END
$$;

-- Where change analysis puts them, or where they were before.
SET LOCAL search_path = analysis, pub;
SELECT pool, country, asn, family, addresses, is_revoked
FROM learned_pools WHERE false;
SELECT address, pool, country, asn, owner_as, names
FROM forged_addresses WHERE false;
SELECT address, owner_as, owner_name, networks, served
FROM victims WHERE false;

ROLLBACK;
