-- Which rules carry the published verdicts?
SELECT rule_id, count(DISTINCT witness) AS measurements
FROM pub.evidence_finding
GROUP BY rule_id
ORDER BY measurements DESC, rule_id;
