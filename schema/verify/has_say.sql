-- Verify taster:has_say on pg

BEGIN;

SET LOCAL search_path = analysis, pub;

SELECT has_say FROM taster.verdict WHERE false;
SELECT has_say FROM verdict WHERE false;

ROLLBACK;
