-- Verify taster:vocabulary on pg

BEGIN;

SELECT kind, code, word, meaning FROM taster.vocabulary WHERE false;

DO $$
BEGIN
    ASSERT (SELECT count(DISTINCT kind) FROM taster.vocabulary
            WHERE kind IN ('class', 'mechanism', 'outcome', 'transport',
                'server_kind', 'question_role', 'fit', 'defect',
                'control_kind', 'redaction_reason', 'refuse_reason',
                'reject_reason', 'rcode', 'qtype')) = 14,
        'a vocabulary is missing';
END
$$;

ROLLBACK;
