-- Verify taster:sum_up on pg

BEGIN;

SELECT taster.sum_is_due() WHERE false;
SELECT taster.recent_day() WHERE false;

DO $$
BEGIN
    ASSERT has_function_privilege('taster_judge',
                                  'taster.roll_up_due(integer)', 'EXECUTE'),
        'nobody does what is due';
END
$$;

ROLLBACK;
