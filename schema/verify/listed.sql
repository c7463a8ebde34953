-- Verify taster:listed on pg

BEGIN;

SELECT answer, list_id, mechanism, injector_id, countries, since, until, source
FROM taster.listed_answer WHERE false;
SELECT address, operator, country, source
FROM taster.public_resolver WHERE false;

DO $$
BEGIN
    ASSERT EXISTS (SELECT FROM taster.listed_answer), 'no answer is listed';
    ASSERT EXISTS (SELECT FROM taster.public_resolver),
        'no resolver is listed';
    ASSERT NOT EXISTS (
        SELECT FROM taster.listed_answer AS listed
        LEFT JOIN taster.injector USING (injector_id)
        WHERE listed.injector_id <> '' AND injector.injector_id IS NULL),
        'a listed answer names no injector';
    ASSERT NOT EXISTS (
        SELECT FROM taster.listed_answer
        WHERE answer !~ '^cname:.+[.]$' AND host(answer::inet) <> answer),
        'an answer is neither an address nor an alias';
    ASSERT NOT EXISTS (
        SELECT FROM taster.listed_answer
        LEFT JOIN taster.vocabulary ON kind = 'mechanism' AND word = mechanism
        WHERE word IS NULL),
        'a mechanism that nobody knows';
END
$$;

SET LOCAL ROLE taster_reader;
SELECT answer, list_id, mechanism, injector_id, countries, since, until, source
FROM pub.listed_answer WHERE false;
SELECT address, operator, country, source FROM pub.public_resolver WHERE false;
SELECT injector_id, country FROM pub.injector WHERE false;

ROLLBACK;
