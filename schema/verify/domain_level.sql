-- Verify taster:domain_level on pg

BEGIN;

SELECT day, domain, address, replies
FROM taster.domain_address_day WHERE false;
SELECT day, domain, transport, server
FROM taster.domain_transport_day WHERE false;
SELECT day, domain, kind, upper_ms FROM taster.domain_race_day WHERE false;
SELECT day, domain, hop_low, hop_high FROM taster.domain_hop_day WHERE false;

ROLLBACK;
