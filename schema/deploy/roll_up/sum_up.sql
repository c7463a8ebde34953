-- Summing up, and doing all that is due.

CREATE FUNCTION taster.sum_up() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET jit = off
SET work_mem = '64MB'
SET lock_timeout = '10min'
SET enable_nestloop = off
SET enable_mergejoin = off
AS $$
DECLARE
    begun timestamptz := clock_timestamp();
    changed bigint := 0;
    kept name;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('taster.roll_up'));
    FOREACH kept IN ARRAY ARRAY['domain_total', 'network_total',
        'domain_address_total', 'forged_address_total', 'injector_total',
        'injector_domain', 'pool_growth', 'control_total']
    LOOP
        changed := changed + taster.settle(kept, NULL, 0);
    END LOOP;
    INSERT INTO taster.summed_up AS s (sum_time, took)
    VALUES (clock_timestamp(), clock_timestamp() - begun)
    ON CONFLICT (is_only) DO UPDATE
    SET sum_time = excluded.sum_time, took = excluded.took;
    RETURN changed;
END
$$;

-- Summing up reads every day: it waits until ten times as long has passed as
-- it took, so that it never takes more than a tenth of a processor. Controls
-- grow stale by themselves, so an hour is always too long.
CREATE FUNCTION taster.sum_is_due() RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT NOT EXISTS (SELECT FROM taster.summed_up)
        OR EXISTS (
            SELECT FROM taster.summed_up AS s
            WHERE clock_timestamp() > s.sum_time + 10 * s.took
            AND (clock_timestamp() > s.sum_time + interval '1 hour'
                 OR EXISTS (SELECT FROM taster.rolled_day AS r
                            WHERE r.roll_time > s.sum_time - s.took)))
$$;

-- One step: rolls up the newest `most` days that are due, then sums up and
-- looks for events if that is due. Returns a row for each that was done; none
-- when somebody else is at it.
CREATE FUNCTION taster.roll_up_due(most integer)
RETURNS TABLE (step text, rolled_day date, changed bigint, took interval)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
AS $$
DECLARE
    due date;
    begun timestamptz;
    oldest date;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('taster.roll_up')) THEN
        RETURN;
    END IF;
    FOR due IN SELECT d.day FROM taster.due_day() AS d
        ORDER BY d.day DESC LIMIT most
    LOOP
        begun := clock_timestamp();
        changed := taster.roll_up(due);
        step := 'roll_up';
        rolled_day := due;
        took := clock_timestamp() - begun;
        RETURN NEXT;
    END LOOP;
    IF taster.sum_is_due() THEN
        oldest := (SELECT min(r.day) FROM taster.rolled_day AS r
                   LEFT JOIN taster.summed_up AS s ON true
                   WHERE s.is_only IS NULL
                   OR r.roll_time > s.sum_time - s.took);
        begun := clock_timestamp();
        changed := taster.sum_up();
        step := 'sum_up';
        rolled_day := NULL;
        took := clock_timestamp() - begun;
        RETURN NEXT;
        begun := clock_timestamp();
        -- A day tells of events up to 90 days away.
        changed := taster.detect_events(
            least(current_date - 60, oldest - 90));
        step := 'detect_events';
        took := clock_timestamp() - begun;
        RETURN NEXT;
    END IF;
END
$$;

COMMENT ON FUNCTION taster.sum_up() IS
    'Makes what is published over all days; returns how many rows changed. '
    'The same however often it is called.';
COMMENT ON FUNCTION taster.sum_is_due() IS
    'Whether a day was rolled up since, and long enough ago.';
COMMENT ON FUNCTION taster.roll_up_due(integer) IS
    'Rolls up so many of the days that are due, the newest first, sums up and '
    'looks for events; returns what it did.';

GRANT EXECUTE ON FUNCTION taster.sum_up(), taster.roll_up_due(integer)
    TO taster_judge;
