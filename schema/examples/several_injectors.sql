-- Which injectors forge which domains, and how many do for each?
SELECT domain, count(*) AS injectors, array_agg(injector_id
    ORDER BY injector_id) AS which, min(first_day) AS first_day
FROM pub.injector_domain
GROUP BY domain
ORDER BY injectors DESC, domain;
