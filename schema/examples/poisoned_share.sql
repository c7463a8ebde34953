-- What share of the measured domains is poisoned in each country, by day?
SELECT day, country, domains, poisoned,
    round(100.0 * poisoned / domains, 1) AS percent
FROM pub.verdict_day
WHERE scope = 'country'
ORDER BY country, day;
