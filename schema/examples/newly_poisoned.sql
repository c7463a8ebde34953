-- Which domains were found newly poisoned in the last 7 days, and where?
SELECT day, domain_unicode, country, asn, network_name, injector_id, probes,
    round(confidence::numeric, 2) AS confidence
FROM pub.event
WHERE kind = 'onset' AND day > current_date - 7
ORDER BY day DESC, confidence DESC, domain
LIMIT 50;
