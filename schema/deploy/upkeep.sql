-- Deploy taster:upkeep to pg
-- Upkeep of partitions that does not rest on the order in which a plan looks
-- at relations: a table's TOAST relation has no day in its name.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE OR REPLACE FUNCTION taster.maintain_as_owner() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET client_min_messages = warning
AS $$
DECLARE
    growing name;
    day record;
    made integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('taster.maintain')) THEN
        RETURN 0;
    END IF;
    FOR growing IN
        SELECT split_part(parent_table, '.', 2)
        FROM partman.part_config
        WHERE parent_table LIKE 'taster.%'
        ORDER BY 1
    LOOP
        IF to_regclass(format('taster.%I', growing || to_char(
               current_date + 4, '"_p"YYYY_MM_DD'))) IS NULL THEN
            PERFORM partman.run_maintenance('taster.' || growing,
                                            p_jobmon := false);
            made := made + 1;
        END IF;
        CONTINUE WHEN taster.brin_columns(growing) IS NULL;
        -- From yesterday on, and older days once something came for them.
        FOR day IN
            SELECT child.oid::regclass AS partition,
                child.relname || '_brin' AS index_name
            FROM pg_inherits
            JOIN pg_class AS child ON child.oid = inhrelid
            WHERE inhparent = format('taster.%I', growing)::regclass
            AND to_regclass(format('taster.%I', child.relname || '_brin'))
                IS NULL
            -- Relations that are no partition may be looked at first.
            AND (CASE WHEN child.relname ~ '_p\d{4}_\d{2}_\d{2}$'
                 THEN to_date(right(child.relname, 10), 'YYYY_MM_DD')
                     >= current_date - 1 END
                 OR pg_relation_size(child.oid) > 0)
        LOOP
            EXECUTE format('CREATE INDEX %I ON %s USING brin (%s) '
                           'WITH (autosummarize = on)', day.index_name,
                           day.partition, taster.brin_columns(growing));
        END LOOP;
    END LOOP;
    RETURN made;
END
$$;

COMMIT;
