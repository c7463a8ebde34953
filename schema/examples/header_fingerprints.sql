-- What do the headers of forged replies look like, injector by injector?
SELECT injector_id, ip_ttl, dont_fragment, ip_id_zero, to_hex(flags) AS flags,
    rr_ttl, count(*) AS replies
FROM pub.evidence_reply
WHERE class = 'poisoned'
GROUP BY injector_id, ip_ttl, dont_fragment, ip_id_zero, flags, rr_ttl
ORDER BY injector_id, replies DESC;
