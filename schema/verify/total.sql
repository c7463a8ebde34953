-- Verify taster:total on pg

BEGIN;

SELECT domain, first_day, last_day FROM taster.domain_total WHERE false;
SELECT scope, country, asn, domains FROM taster.network_total WHERE false;
SELECT address, networks, pools FROM taster.forged_address_total WHERE false;
SELECT injector_id, replies FROM taster.injector_total WHERE false;
SELECT injector_id, domain FROM taster.injector_domain WHERE false;
SELECT day, injector_id, new_addresses FROM taster.pool_growth WHERE false;
SELECT control, state FROM taster.control_total WHERE false;
SELECT event_id, day, kind FROM taster.event WHERE false;
SELECT sum_time, took FROM taster.summed_up WHERE false;

DO $$
BEGIN
    ASSERT EXISTS (SELECT FROM taster.reserved_prefix
                   WHERE inet '10.0.0.1' <<= prefix),
        'private addresses are somebody''s hosts';
END
$$;

ROLLBACK;
