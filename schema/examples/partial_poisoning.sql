-- Which domains are poisoned in some networks of a country and not in others?
SELECT domain, country,
    count(DISTINCT asn) FILTER (WHERE verdict = 'poisoned') AS poisoned,
    count(DISTINCT asn) FILTER (WHERE verdict = 'consistent') AS consistent
FROM pub.cell
WHERE scope = 'network' AND day > current_date - 30
GROUP BY domain, country
HAVING bool_or(verdict = 'poisoned')
ORDER BY consistent DESC, domain;
