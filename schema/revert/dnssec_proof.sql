-- Revert taster:dnssec_proof from pg

BEGIN;

DROP VIEW analysis.dnssec_proof;
DROP TABLE taster.dnssec_proof;
DROP TABLE taster.dnssec_link;

DELETE FROM taster.vocabulary
WHERE kind = 'dnssec_result' OR (kind = 'question_role' AND code = 9);

COMMIT;
