-- Since when and until when was each domain poisoned in each network?
SELECT domain, country, asn, min(day) AS first_day, max(day) AS last_day,
    count(*) AS days
FROM pub.cell
WHERE scope = 'network' AND verdict = 'poisoned'
GROUP BY domain, country, asn
ORDER BY domain, country, asn;
