-- Revert taster:event from pg

BEGIN;

DROP FUNCTION taster.detect_events(date), taster.control_failures(),
    taster.new_victims(date), taster.injector_changes(date),
    taster.pool_changes(date), taster.onsets(date),
    taster.domain_series(date), taster.event_id(text, date, text);

COMMIT;
