-- How long after the query do forged and genuine replies come (median bucket,
-- ms)?
WITH summed AS (
    SELECT country, kind, upper_ms, sum(replies) AS replies
    FROM pub.race
    GROUP BY country, kind, upper_ms
), running AS (
    SELECT country, kind, upper_ms,
        sum(replies) OVER (PARTITION BY country, kind ORDER BY upper_ms)
            AS so_far,
        sum(replies) OVER (PARTITION BY country, kind) AS replies
    FROM summed
)
SELECT country, kind, min(upper_ms) AS median_ms, max(replies) AS replies
FROM running
WHERE 2 * so_far >= replies
GROUP BY country, kind
ORDER BY country, kind;
