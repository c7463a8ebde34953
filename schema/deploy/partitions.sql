-- Deploy taster:partitions to pg
-- One partition for each day of every growing table: made here from 92 days
-- back (what a probe's spool may still hold, and two days of slack), then
-- ahead by taster.maintain(). There is no default partition: a row for a day
-- that has none fails loudly (SQLSTATE 23514), and nothing of its batch stays.

BEGIN;

SET LOCAL ROLE taster_owner;
SET LOCAL timezone = 'UTC';
-- pg_partman warns that it finds the days made below.
SET LOCAL client_min_messages = error;

DO $$
DECLARE
    growing text;
    day date;
BEGIN
    FOREACH growing IN ARRAY ARRAY['batch', 'measurement', 'response',
        'icmp_error', 'redaction', 'set_verdict', 'verdict', 'finding',
        'vantage_cell']
    LOOP
        -- pg_partman needs twice as long for the same partitions.
        FOR day IN
            SELECT current_date + step FROM generate_series(-92, 4) AS step
        LOOP
            EXECUTE format('CREATE TABLE taster.%I PARTITION OF taster.%I '
                           'FOR VALUES FROM (%L) TO (%L)',
                           growing || to_char(day, '"_p"YYYY_MM_DD'),
                           growing, day, day + 1);
        END LOOP;
        PERFORM partman.create_parent('taster.' || growing, 'batch_day',
            'native', 'daily', p_premake := 4, p_jobmon := false,
            p_start_partition := (current_date - 92)::text);
    END LOOP;
END
$$;

-- Days are made because the calendar goes on, not because rows came.
UPDATE partman.part_config
SET infinite_time_partitions = true
WHERE parent_table LIKE 'taster.%';

-- What a day's BRIN index covers; NULL: none. Batches are copied whole, so a
-- Bloom filter finds the few pages that one batch lies on.
CREATE FUNCTION taster.brin_columns(growing name) RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE growing
        WHEN 'batch' THEN 'receive_time'
        WHEN 'measurement' THEN 'query_time, vantage_id, '
            'batch_id uuid_bloom_ops (n_distinct_per_range = 512)'
        WHEN 'vantage_cell' THEN NULL
        ELSE 'vantage_id, '
            'batch_id uuid_bloom_ops (n_distinct_per_range = 512)'
    END
$$;

CREATE FUNCTION taster.maintain_as_owner() RETURNS integer
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

-- pg_partman sets the session's search_path and leaves what it found, which in
-- a function with a search_path of its own is not the session's.
CREATE FUNCTION taster.maintain() RETURNS integer
LANGUAGE plpgsql
AS $$
DECLARE
    session_path text := pg_catalog.current_setting('search_path');
    made integer;
BEGIN
    made := taster.maintain_as_owner();
    PERFORM pg_catalog.set_config('search_path', session_path, false);
    RETURN made;
END
$$;

COMMENT ON FUNCTION taster.brin_columns(name) IS
    'Columns of the BRIN index on a day of a growing table; NULL: none.';
COMMENT ON FUNCTION taster.maintain() IS
    'Makes the partitions of the days ahead, and BRIN indexes where rows are. '
    'To be called at start and every hour; returns for how many tables '
    'partitions were made.';
COMMENT ON FUNCTION taster.maintain_as_owner() IS
    'The work of taster.maintain(), with the rights that it takes.';

REVOKE ALL ON FUNCTION taster.brin_columns(name), taster.maintain(),
    taster.maintain_as_owner() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION taster.maintain(), taster.maintain_as_owner()
    TO taster_ingest;

COMMIT;

DO $$ BEGIN PERFORM taster.maintain(); END $$;
