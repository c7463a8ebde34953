-- How often do forgers answer with addresses that nobody can have?
SELECT is_reserved, family, count(*) AS addresses, sum(replies) AS replies
FROM pub.forged_address
GROUP BY is_reserved, family
ORDER BY is_reserved, family;
