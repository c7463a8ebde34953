-- Loads seed/listed_answer.csv and seed/public_resolver.csv, inside the
-- transaction of the change that includes it, behind load.sql. May run again on
-- other files: these two tables hold nothing but the files' rows.

CREATE TEMPORARY TABLE seed_listed ON COMMIT DROP AS
SELECT answer, list_id, mechanism, injector_id, countries, since, until, source
FROM taster.listed_answer WITH NO DATA;
\copy seed_listed FROM 'seed/listed_answer.csv' WITH (FORMAT csv, HEADER match, FORCE_NOT_NULL (injector_id, countries))

CREATE TEMPORARY TABLE seed_resolver ON COMMIT DROP AS
SELECT address, operator, country, source
FROM taster.public_resolver WITH NO DATA;
\copy seed_resolver FROM 'seed/public_resolver.csv' WITH (FORMAT csv, HEADER match)

DELETE FROM taster.listed_answer;
INSERT INTO taster.listed_answer (answer, list_id, mechanism, injector_id,
    countries, since, until, source)
SELECT answer, list_id, mechanism, injector_id, countries, since, until, source
FROM seed_listed;

DELETE FROM taster.public_resolver;
INSERT INTO taster.public_resolver (address, operator, country, source)
SELECT address, operator, country, source
FROM seed_resolver;
