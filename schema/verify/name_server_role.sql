-- Verify taster:name_server_role on pg

BEGIN;

DO $$
BEGIN
    ASSERT (SELECT word FROM taster.vocabulary
            WHERE kind = 'question_role' AND code = 8) = 'name_server',
        'the role is missing';
END
$$;

ROLLBACK;
