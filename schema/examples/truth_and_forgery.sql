-- What do controls say of the poisoned domains, and what do forgers?
SELECT domain, 'control' AS who, qtype, host(address) AS address
FROM pub.domain_truth
WHERE kind = 'address'
AND domain IN (SELECT domain FROM pub.domain WHERE poisoned_days > 0)
UNION ALL
SELECT domain, array_to_string(injectors, ' '),
    CASE family(address) WHEN 4 THEN 'A' ELSE 'AAAA' END, host(address)
FROM pub.domain_forged_address
ORDER BY domain, who, address;
