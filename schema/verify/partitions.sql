-- Verify taster:partitions on pg

BEGIN;

SET LOCAL timezone = 'UTC';

DO $$
DECLARE
    growing regclass;
BEGIN
    FOR growing IN
        SELECT oid FROM pg_class
        WHERE relnamespace = 'taster'::regnamespace AND relkind = 'p'
    LOOP
        ASSERT (SELECT count(*) FROM partman.part_config
                WHERE parent_table = growing::text
                AND infinite_time_partitions) = 1,
            growing || ' is not kept up';
        ASSERT (SELECT count(*)
                FROM pg_inherits
                JOIN pg_class AS child ON child.oid = inhrelid
                WHERE inhparent = growing
                AND right(child.relname, 10) IN (
                    to_char(current_date, 'YYYY_MM_DD'),
                    to_char(current_date + 2, 'YYYY_MM_DD'))) = 2,
            growing || ' lacks a day that probes may send';
        ASSERT (SELECT partdefid = 0 FROM pg_partitioned_table
                WHERE partrelid = growing),
            growing || ' hides rows in a default partition';
    END LOOP;
END
$$;

ROLLBACK;
