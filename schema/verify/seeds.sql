-- Verify taster:seeds on pg
-- The files name each other's rows, and no foreign key holds them together.

BEGIN;

DO $$
BEGIN
    ASSERT EXISTS (SELECT FROM taster.forged_address), 'no address is known';
    ASSERT NOT EXISTS (
        SELECT FROM taster.injector_fingerprint
        LEFT JOIN taster.injector USING (injector_id)
        WHERE injector.injector_id IS NULL),
        'a fingerprint names no injector';
    ASSERT NOT EXISTS (
        SELECT FROM taster.injector_fingerprint AS fingerprint
        CROSS JOIN string_to_table(pools, ';') AS named
        LEFT JOIN taster.forged_pool ON pool_id = named
        WHERE pool_id IS NULL),
        'a fingerprint names a pool that is not there';
    ASSERT NOT EXISTS (
        SELECT FROM taster.forged_address
        LEFT JOIN taster.forged_pool AS pool USING (pool_id)
        WHERE pool.pool_id IS NULL OR family(address) <> pool.family),
        'an address is in no pool, or of another family than its pool';
    ASSERT NOT EXISTS (
        SELECT FROM taster.forged_address
        GROUP BY pool_id
        HAVING min(position) <> 0 OR max(position) <> count(*) - 1),
        'a pool has a gap';
    ASSERT NOT EXISTS (
        SELECT FROM taster.forged_pool
        LEFT JOIN taster.forged_address USING (pool_id)
        WHERE address IS NULL),
        'a pool is empty';
END
$$;

ROLLBACK;
