-- At which hop, and in whose network, do injectors sit?
SELECT country, asn, injector_id, hop_low, hop_high, router_asn, router_name,
    sum(traces) AS traces, max(probes) AS probes
FROM pub.hop
GROUP BY country, asn, injector_id, hop_low, hop_high, router_asn, router_name
ORDER BY country, asn, traces DESC;
