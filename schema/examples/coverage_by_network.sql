-- How well is each network covered?
SELECT country, asn, network_name, count(*) AS days, max(probes) AS probes,
    sum(sets) AS sets, max(last_hour) AS last_hour
FROM pub.coverage
WHERE scope = 'network' AND day > current_date - 30
GROUP BY country, asn, network_name
ORDER BY country, probes DESC;
