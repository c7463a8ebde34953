-- Verify taster:check on pg

BEGIN;

SET LOCAL search_path = analysis, pub;

SELECT redirect_host FROM taster.stream WHERE false;
SELECT redirect_host FROM stream WHERE false;
SELECT port, http_status, redirect_domain
FROM taster.control_answer WHERE false;
SELECT port, http_status, redirect_domain
FROM control_answer WHERE false;

DO $$
BEGIN
    ASSERT (SELECT count(*) FROM taster.vocabulary
            WHERE word IN ('check', 'check_control_name', 'host', 'served')
           ) = 5, 'checks have no words';
END
$$;

ROLLBACK;
