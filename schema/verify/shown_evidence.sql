-- Verify taster:shown_evidence on pg

BEGIN;

SELECT witness, class, query FROM taster.shown_evidence WHERE false;
SELECT witness, reply, message FROM taster.shown_reply WHERE false;
SELECT witness, rule_id, reason FROM taster.shown_finding WHERE false;

ROLLBACK;
