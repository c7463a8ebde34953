-- Which controls can be relied on, and why not the others?
SELECT control, country, network_name, state, state_since, reason, names,
    failures, disagreements
FROM pub.control
ORDER BY state = 'healthy', control;
