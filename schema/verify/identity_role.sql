-- Verify taster:identity_role on pg

BEGIN;

DO $$
BEGIN
    ASSERT (SELECT word FROM taster.vocabulary
            WHERE kind = 'question_role' AND code = 3) = 'identity',
        'the role is missing';
END
$$;

ROLLBACK;
