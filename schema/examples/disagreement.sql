-- Where do probes of one network see different things?
SELECT day, domain, country, asn, verdict, probes, affected_probes,
    round(agreement::numeric, 2) AS agreement
FROM pub.cell
WHERE scope = 'network' AND agreement < 1 AND day > current_date - 30
ORDER BY agreement, probes DESC, day DESC
LIMIT 100;
