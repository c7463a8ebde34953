-- Verify taster:roll_up on pg

BEGIN;

SELECT day, counters FROM taster.due_day() WHERE false;
SELECT day, counters, is_used FROM taster.day_counters() WHERE false;

DO $$
BEGIN
    ASSERT has_function_privilege('taster_judge', 'taster.roll_up(date)',
                                  'EXECUTE'), 'nobody rolls up';
    ASSERT NOT has_function_privilege('taster_reader', 'taster.roll_up(date)',
                                      'EXECUTE'), 'readers roll up';
END
$$;

ROLLBACK;
