-- On how many of the last 30 days was each domain poisoned anywhere?
SELECT domain_unicode, measured_days, poisoned_days,
    round(100.0 * poisoned_days / nullif(measured_days, 0)) AS percent,
    countries
FROM pub.domain
WHERE poisoned_days > 0
ORDER BY percent DESC, poisoned_days DESC, domain;
