-- Which addresses are forged most, who owns them, which pools are they of?
SELECT address, owner_name, is_reserved, pools, injectors, networks, replies,
    domains, first_day, last_day
FROM pub.forged_address
ORDER BY replies DESC, address
LIMIT 100;
