-- Deploy taster:growing to pg
-- Makes a new table grow by days, as those of change partitions do.

BEGIN;

SET LOCAL ROLE taster_owner;

-- `growing`: a table of schema taster, partitioned by range of batch_day, with
-- no partition yet. It gets the days that the others have, and pg_partman's
-- care. taster.maintain() then makes their indexes.
CREATE FUNCTION taster.make_days(growing name) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
-- pg_partman warns that it finds the days made below.
SET client_min_messages = error
AS $$
DECLARE
    day date;
BEGIN
    FOR day IN
        SELECT current_date + step FROM generate_series(-92, 4) AS step
    LOOP
        EXECUTE format('CREATE TABLE taster.%I PARTITION OF taster.%I '
                       'FOR VALUES FROM (%L) TO (%L)',
                       growing || to_char(day, '"_p"YYYY_MM_DD'),
                       growing, day, day + 1);
    END LOOP;
    PERFORM partman.create_parent('taster.' || growing, 'batch_day', 'native',
        'daily', p_premake := 4, p_jobmon := false,
        p_start_partition := (current_date - 92)::text);
    UPDATE partman.part_config
    SET infinite_time_partitions = true
    WHERE parent_table = 'taster.' || growing;
END
$$;

COMMENT ON FUNCTION taster.make_days(name) IS
    'Gives a new growing table the days that the others have.';

REVOKE ALL ON FUNCTION taster.make_days(name) FROM PUBLIC;

COMMIT;
