-- Verify taster:upkeep on pg

BEGIN;

DO $$
BEGIN
    ASSERT (SELECT prosrc LIKE '%CASE WHEN child.relname%' FROM pg_proc
            WHERE oid = 'taster.maintain_as_owner()'::regprocedure),
        'upkeep may stumble over a TOAST relation';
END
$$;

ROLLBACK;
