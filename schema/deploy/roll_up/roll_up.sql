-- Rolling up one day, and finding which days are due.

-- Another number: every day is rolled up again.
CREATE FUNCTION taster.roll_up_edition() RETURNS smallint
LANGUAGE sql IMMUTABLE
AS $$ SELECT 1::smallint $$;

-- The day of each partition that counts, and how many rows were ever written
-- to it: statistics of the server, so no table is read. They are reported
-- after commit; a day whose report comes late is rolled up once more, and
-- after a crash all of them are forgotten, with the same effect.
CREATE FUNCTION taster.day_counters()
RETURNS TABLE (day date, counters bigint, is_used boolean)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT to_date(right(child.relname, 10), 'YYYY_MM_DD'),
        sum(pg_stat_get_tuples_inserted(child.oid)
            + pg_stat_get_tuples_updated(child.oid)
            + pg_stat_get_tuples_deleted(child.oid))::bigint,
        bool_or(child.relpages > 0 OR pg_relation_size(child.oid) > 0)
    FROM pg_inherits
    JOIN pg_class AS child ON child.oid = inhrelid
    WHERE inhparent IN ('taster.measurement'::regclass,
        'taster.verdict'::regclass, 'taster.set_verdict'::regclass,
        'taster.vantage_cell'::regclass, 'taster.trace'::regclass)
    AND child.relname ~ '_p\d{4}_\d{2}_\d{2}$'
    GROUP BY 1
$$;

CREATE FUNCTION taster.due_day()
RETURNS TABLE (day date, counters bigint)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT d.day, d.counters
    FROM taster.day_counters() AS d
    CROSS JOIN taster.publication AS p
    LEFT JOIN taster.rolled_day AS r USING (day)
    WHERE CASE WHEN r.day IS NULL THEN d.is_used
          ELSE (r.counters, r.floor, r.edition)
               <> (d.counters, p.floor, taster.roll_up_edition()) END
$$;

CREATE FUNCTION taster.roll_up(of_day date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET jit = off
SET work_mem = '64MB'
-- Who rolls up by hand waits for a collector that is at it, longer than a role
-- waits for a lock.
SET lock_timeout = '10min'
-- A partition that has just been filled has no statistics: the planner takes
-- it for empty and would join by nested loops.
SET enable_nestloop = off
SET enable_mergejoin = off
AS $$
DECLARE
    at_least bigint := (SELECT floor FROM taster.publication);
    begun timestamptz := clock_timestamp();
    seen bigint := (SELECT counters FROM taster.day_counters()
                    WHERE day = of_day);
    changed bigint := 0;
    kept name;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('taster.roll_up'));
    PERFORM taster.stage_day(of_day);
    PERFORM taster.count_populations();
    PERFORM taster.publish(at_least);
    ANALYZE pg_temp.published;
    PERFORM taster.find_candidates();
    -- In the order in which they rest on one another.
    FOREACH kept IN ARRAY ARRAY['cell', 'witness', 'shown_evidence',
        'shown_reply', 'shown_finding', 'verdict_day', 'transport_day',
        'coverage', 'injector_day', 'forged_address_day',
        'race_day', 'hop_day', 'control_day', 'domain_address_day',
        'domain_transport_day', 'domain_race_day', 'domain_hop_day']
    LOOP
        changed := changed + taster.settle(kept, of_day, at_least);
    END LOOP;
    INSERT INTO taster.rolled_day AS r (day, counters, floor, edition,
        roll_time, took)
    VALUES (of_day, coalesce(seen, 0), at_least, taster.roll_up_edition(),
            clock_timestamp(), clock_timestamp() - begun)
    ON CONFLICT (day) DO UPDATE
    SET counters = excluded.counters, floor = excluded.floor,
        edition = excluded.edition, roll_time = excluded.roll_time,
        took = excluded.took;
    RETURN changed;
END
$$;

COMMENT ON FUNCTION taster.roll_up_edition() IS
    'Edition of what rolls up; days of another one are due.';
COMMENT ON FUNCTION taster.day_counters() IS
    'Rows that were ever written for each day, and whether it holds any.';
COMMENT ON FUNCTION taster.due_day() IS
    'Days whose second level is not what it should be.';
COMMENT ON FUNCTION taster.roll_up(date) IS
    'Makes the second level of a day; returns how many rows changed. The same '
    'however often it is called.';

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA taster FROM PUBLIC;
GRANT EXECUTE ON FUNCTION taster.roll_up(date) TO taster_judge;
