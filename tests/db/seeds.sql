-- The seed tables hold exactly what the files say.

BEGIN;

SELECT plan(5);

CREATE TEMPORARY TABLE pool AS
SELECT pool_id, family, ordered, since, until, source
FROM taster.forged_pool WITH NO DATA;
CREATE TEMPORARY TABLE address AS
SELECT pool_id, position, address FROM taster.forged_address WITH NO DATA;
CREATE TEMPORARY TABLE injector AS
SELECT injector_id, name, country, source FROM taster.injector WITH NO DATA;
\copy pool FROM 'schema/seed/forged_pool.csv' WITH (FORMAT csv, HEADER match)
\copy address FROM 'schema/seed/forged_address.csv' WITH (FORMAT csv, HEADER match)
\copy injector FROM 'schema/seed/injector.csv' WITH (FORMAT csv, HEADER match)

SELECT set_eq('SELECT pool_id, family, ordered, since, until, source
                   FROM taster.forged_pool',
              'SELECT pool_id, family, ordered, since, until, source
                   FROM pool', 'forged pools');
SELECT bag_eq('SELECT pool_id, position, address FROM taster.forged_address',
              'SELECT pool_id, position, address FROM address',
              'forged addresses');
SELECT set_eq('SELECT injector_id, name, country, source FROM taster.injector',
              'SELECT injector_id, name, country, source FROM injector',
              'injectors');
SELECT is_empty(
    $$ SELECT injector_id FROM taster.injector
       LEFT JOIN taster.injector_fingerprint USING (injector_id)
       LEFT JOIN taster.listed_answer USING (injector_id)
       WHERE aa IS NULL AND pools IS NULL AND answer IS NULL $$,
    'every injector is known by a fingerprint or by its answers');
SELECT is_empty(
    $$ SELECT pool_id FROM taster.forged_pool
       WHERE source = '' OR until <= since $$,
    'every pool has a source and a sensible time');

SELECT finish();
ROLLBACK;
