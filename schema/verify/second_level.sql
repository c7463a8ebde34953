-- Verify taster:second_level on pg

BEGIN;

SELECT day, domain, scope, country, asn, verdict, agreement, probes
FROM taster.cell WHERE false;
SELECT witness, vantage_id, batch_day, batch_id, ordinal
FROM taster.witness WHERE false;
SELECT day, scope, country, asn, domains FROM taster.verdict_day WHERE false;
SELECT day, scope, country, asn, probes FROM taster.coverage WHERE false;
SELECT day, injector_id, replies FROM taster.injector_day WHERE false;
SELECT day, address, replies FROM taster.forged_address_day WHERE false;
SELECT day, kind, upper_ms FROM taster.race_day WHERE false;
SELECT day, transport, server FROM taster.transport_day WHERE false;
SELECT day, hop_low, hop_high FROM taster.hop_day WHERE false;
SELECT day, control, failures FROM taster.control_day WHERE false;
SELECT day, counters, floor, edition FROM taster.rolled_day WHERE false;

ROLLBACK;
