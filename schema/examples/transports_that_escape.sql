-- Over which transports does a true answer come through, and how often?
SELECT country, transport, server, sum(measurements) AS measurements,
    round(100.0 * sum(consistent) / sum(measurements), 1) AS consistent_percent
FROM pub.transport_day
WHERE day > current_date - 30
GROUP BY country, transport, server
ORDER BY country, consistent_percent DESC;
