-- Verify taster:has_say on pg

BEGIN;

SELECT has_say FROM taster.verdict WHERE false;
SELECT has_say FROM pub.verdict WHERE false;

ROLLBACK;
