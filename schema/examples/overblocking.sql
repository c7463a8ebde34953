-- Which registrable domains have several poisoned names below them?
SELECT registrable_domain, count(*) AS names,
    count(*) FILTER (WHERE poisoned_days > 0) AS poisoned_names,
    array_agg(domain ORDER BY domain) AS domains
FROM pub.domain
GROUP BY registrable_domain
HAVING count(*) FILTER (WHERE poisoned_days > 0) > 0
ORDER BY poisoned_names DESC, registrable_domain
LIMIT 50;
