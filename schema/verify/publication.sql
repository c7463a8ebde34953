-- Verify taster:publication on pg

BEGIN;

SELECT floor, licence, citation, attribution
FROM taster.publication WHERE false;
SELECT domain, domain_unicode, registrable_domain
FROM taster.domain_name WHERE false;
SELECT asn, name, country, snapshot FROM taster.network WHERE false;
SELECT address, asn, country, snapshot FROM taster.address_owner WHERE false;

DO $$
BEGIN
    ASSERT (SELECT count(*) FROM taster.publication) = 1,
        'there are no terms of publication';
    ASSERT has_function_privilege('taster_judge', 'taster.set_floor(integer)',
                                  'EXECUTE'), 'nobody sets the floor';
END
$$;

ROLLBACK;
