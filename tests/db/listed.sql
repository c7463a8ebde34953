-- Listed answers and public resolvers: what the files say, and what is refused.

BEGIN;

SELECT plan(7);

CREATE TEMPORARY TABLE listed AS
SELECT answer, list_id, mechanism, injector_id, countries, since, until, source
FROM taster.listed_answer WITH NO DATA;
CREATE TEMPORARY TABLE resolver AS
SELECT address, operator, country, source
FROM taster.public_resolver WITH NO DATA;
\copy listed FROM 'schema/seed/listed_answer.csv' WITH (FORMAT csv, HEADER match, FORCE_NOT_NULL (injector_id, countries))
\copy resolver FROM 'schema/seed/public_resolver.csv' WITH (FORMAT csv, HEADER match)

SELECT bag_eq('SELECT answer, list_id, mechanism, injector_id, countries,
                   since, until, source FROM taster.listed_answer',
              'SELECT answer, list_id, mechanism, injector_id, countries,
                   since, until, source FROM listed', 'listed answers');
SELECT bag_eq('SELECT address, operator, country, source
                   FROM taster.public_resolver',
              'SELECT address, operator, country, source FROM resolver',
              'public resolvers');
SELECT is((SELECT countries FROM pub.listed_answer
           WHERE answer = '10.10.34.35'), ARRAY['IR'],
          'Iran''s sinkhole holds for Iran');
SELECT is((SELECT country FROM pub.injector WHERE injector_id = 'adguard'),
          NULL, 'a product stands in no country');
SELECT throws_ok(
    $$ INSERT INTO taster.listed_answer (answer, list_id, mechanism,
           injector_id, countries, source)
       VALUES ('192.0.2.1', 'a', 'on_path_injection', '', '', 'a') $$,
    '23514', NULL, 'an injection has a country');
SELECT throws_ok(
    $$ INSERT INTO taster.listed_answer (answer, list_id, mechanism,
           injector_id, countries, source)
       VALUES ('192.0.2.1', 'a', 'reset', '', 'CN', 'a') $$,
    '23514', NULL, 'a list has its mechanisms');
SELECT throws_ok(
    $$ INSERT INTO taster.public_resolver (address, operator, country, source)
       VALUES ('192.0.2.1', 'a', 'cn', 'a') $$,
    '23514', NULL, 'countries are upper case');

SELECT finish();
ROLLBACK;
