-- Revert taster:shown_evidence from pg

BEGIN;

DROP TABLE taster.shown_finding, taster.shown_reply, taster.shown_evidence;

COMMIT;
