-- Revert taster:pub_v1 from pg

BEGIN;

DROP INDEX taster.control_answer_domain;
DROP VIEW pub.evidence_finding, pub.evidence_reply, pub.evidence,
    pub.domain_truth, pub.domain_hop, pub.domain_race, pub.domain_transport,
    pub.domain_forged_address, pub.victim, pub.pool, pub.pool_address,
    pub.pool_growth, pub.forged_address_day, pub.forged_address, pub.hop,
    pub.injector_race, pub.race, pub.injector_domain, pub.injector_day,
    pub.injector_fingerprint, pub.injector, pub.release, pub.event,
    pub.control, pub.transport_day, pub.coverage, pub.country, pub.network,
    pub.verdict_day, pub.domain, pub.cell;

SET LOCAL ROLE taster_owner;

CREATE VIEW pub.injector AS
SELECT injector_id, name, nullif(country, '')::char(2) AS country, source
FROM taster.injector;
CREATE VIEW pub.injector_fingerprint AS
SELECT injector_id, since, until, aa, aa_iff_not_rd, rd_echoed, dont_fragment,
    ip_id_zero, owner_is_pointer, rr_ttl, pools, source
FROM taster.injector_fingerprint;
COMMENT ON VIEW pub.injector IS 'Machines known to forge DNS replies.';
COMMENT ON VIEW pub.injector_fingerprint IS
    'How an injector''s replies look; NULL: not compared.';
GRANT SELECT ON pub.injector, pub.injector_fingerprint
    TO taster_reader, taster_analyst;

COMMIT;
