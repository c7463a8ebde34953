-- Loads seed/*.csv, inside the transaction of the change that includes it.
-- May run again on other files: pools and injectors are added or replaced,
-- never taken away, since others may have been learned. \copy reads where
-- psql runs, and sqitch runs it in the project's top directory.

CREATE TEMPORARY TABLE seed_injector ON COMMIT DROP AS
SELECT injector_id, name, country, source
FROM taster.injector WITH NO DATA;
\copy seed_injector FROM 'seed/injector.csv' WITH (FORMAT csv, HEADER match)

CREATE TEMPORARY TABLE seed_fingerprint ON COMMIT DROP AS
SELECT injector_id, since, until, aa, aa_iff_not_rd, rd_echoed, dont_fragment,
    ip_id_zero, owner_is_pointer, rr_ttl, pools, source
FROM taster.injector_fingerprint WITH NO DATA;
\copy seed_fingerprint FROM 'seed/injector_fingerprint.csv' WITH (FORMAT csv, HEADER match, FORCE_NOT_NULL (pools))

CREATE TEMPORARY TABLE seed_pool ON COMMIT DROP AS
SELECT pool_id, family, ordered, since, until, source
FROM taster.forged_pool WITH NO DATA;
\copy seed_pool FROM 'seed/forged_pool.csv' WITH (FORMAT csv, HEADER match)

CREATE TEMPORARY TABLE seed_address ON COMMIT DROP AS
SELECT pool_id, position, address
FROM taster.forged_address WITH NO DATA;
\copy seed_address FROM 'seed/forged_address.csv' WITH (FORMAT csv, HEADER match)

INSERT INTO taster.injector (injector_id, name, country, source)
SELECT injector_id, name, country, source
FROM seed_injector
ON CONFLICT (injector_id) DO UPDATE
SET name = excluded.name, country = excluded.country, source = excluded.source;

DELETE FROM taster.injector_fingerprint
WHERE injector_id IN (SELECT injector_id FROM seed_injector);
INSERT INTO taster.injector_fingerprint (injector_id, since, until, aa,
    aa_iff_not_rd, rd_echoed, dont_fragment, ip_id_zero, owner_is_pointer,
    rr_ttl, pools, source)
SELECT injector_id, since, until, aa, aa_iff_not_rd, rd_echoed, dont_fragment,
    ip_id_zero, owner_is_pointer, rr_ttl, pools, source
FROM seed_fingerprint;

INSERT INTO taster.forged_pool (pool_id, family, ordered, since, until, source)
SELECT pool_id, family, ordered, since, until, source
FROM seed_pool
ON CONFLICT (pool_id) DO UPDATE
SET family = excluded.family, ordered = excluded.ordered,
    since = excluded.since, until = excluded.until, source = excluded.source;

DELETE FROM taster.forged_address
WHERE pool_id IN (SELECT pool_id FROM seed_pool);
INSERT INTO taster.forged_address (pool_id, position, address)
SELECT pool_id, position, address
FROM seed_address;
