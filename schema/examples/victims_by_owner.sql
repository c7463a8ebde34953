-- Whose addresses do forged replies send people to?
SELECT owner_asn, owner_name, owner_country, count(*) AS addresses,
    max(domains) AS most_domains, sum(replies) AS replies
FROM pub.victim
GROUP BY owner_asn, owner_name, owner_country
ORDER BY replies DESC;
