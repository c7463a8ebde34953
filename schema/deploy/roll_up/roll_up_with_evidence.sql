-- Rolling up one day, with the evidence that is shown; every day is due again.

CREATE OR REPLACE FUNCTION taster.roll_up_edition() RETURNS smallint
LANGUAGE sql IMMUTABLE
AS $$ SELECT 2::smallint $$;

CREATE OR REPLACE FUNCTION taster.roll_up(of_day date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET jit = off
SET work_mem = '64MB'
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
        'shown_reply', 'shown_finding', 'verdict_day', 'transport_day', 'coverage', 'injector_day', 'forged_address_day',
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
