-- Is the pool of an injector still growing?
SELECT day, injector_id, new_addresses, total_addresses, replies
FROM pub.pool_growth
WHERE day > current_date - 90
ORDER BY injector_id, day;
