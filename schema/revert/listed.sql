-- Revert taster:listed from pg

BEGIN;

CREATE OR REPLACE VIEW pub.injector AS
SELECT injector_id, name, country, source
FROM taster.injector;
DROP VIEW pub.public_resolver;
DROP VIEW pub.listed_answer;
DROP TABLE taster.public_resolver;
DROP TABLE taster.listed_answer;

COMMIT;
