-- Revert taster:partitions from pg
-- Table by table, since a transaction holds a lock on each partition.

DROP FUNCTION taster.maintain();
DROP FUNCTION taster.maintain_as_owner();
DROP FUNCTION taster.brin_columns(name);
DELETE FROM partman.part_config WHERE parent_table LIKE 'taster.%';

DO $$
DECLARE
    partition regclass;
    template text;
BEGIN
    FOR partition IN
        SELECT inhrelid::regclass
        FROM pg_inherits
        JOIN pg_class AS parent ON parent.oid = inhparent
        WHERE parent.relnamespace = 'taster'::regnamespace
        AND parent.relkind = 'p'
    LOOP
        EXECUTE format('DROP TABLE %s', partition);
        COMMIT;
    END LOOP;
    FOR template IN
        SELECT relname FROM pg_class
        WHERE relnamespace = 'partman'::regnamespace
        AND relname LIKE 'template\_taster\_%'
    LOOP
        EXECUTE format('DROP TABLE partman.%I', template);
    END LOOP;
END
$$;
