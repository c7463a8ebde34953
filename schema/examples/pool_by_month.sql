-- How many addresses did each injector answer with in each month?
SELECT date_trunc('month', day)::date AS month, injector_id,
    count(DISTINCT address) AS addresses, sum(replies) AS replies
FROM pub.forged_address_day, unnest(injectors) AS injector_id
GROUP BY month, injector_id
ORDER BY month, injector_id;
