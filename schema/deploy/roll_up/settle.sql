-- Makes a table hold just the rows that its fresh_... function gives, and
-- touches only what differs: readers see the old or the new, and rolling a day
-- again that did not change writes nothing.

-- Column list with a prefix. which: key, rest (neither key nor update_time) or
-- all.
CREATE FUNCTION taster.columns_of(kept name, which text, prefix text)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(string_agg(prefix || quote_ident(a.attname), ', '
                               ORDER BY a.attnum), '')
    FROM pg_attribute AS a
    JOIN pg_constraint AS c
        ON c.conrelid = a.attrelid AND c.contype IN ('p', 'u')
    WHERE a.attrelid = format('taster.%I', kept)::regclass
    AND a.attnum > 0 AND NOT a.attisdropped
    AND CASE which WHEN 'key' THEN a.attnum = ANY (c.conkey)
            WHEN 'rest' THEN a.attnum <> ALL (c.conkey)
                AND a.attname <> 'update_time'
            ELSE true END
$$;

-- What says whether two rows have the same key; of it, what may be NULL is
-- made text.
CREATE FUNCTION taster.same_key(kept name) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_agg(format(
        CASE WHEN a.attnotnull THEN 'old.%1$I = fresh.%1$I'
        ELSE 'coalesce(old.%1$I::text, '''') = '
             'coalesce(fresh.%1$I::text, '''')' END, a.attname), ' AND ')
    FROM pg_attribute AS a
    JOIN pg_constraint AS c
        ON c.conrelid = a.attrelid AND c.contype IN ('p', 'u')
    WHERE a.attrelid = format('taster.%I', kept)::regclass
    AND a.attnum = ANY (c.conkey)
$$;

-- `kept` has one key. `of_day` NULL: it has no days. Returns how many rows
-- were taken away, added or changed.
CREATE FUNCTION taster.settle(kept name, of_day date, at_least bigint)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    changed bigint;
BEGIN
    EXECUTE format(
        'WITH fresh AS MATERIALIZED (SELECT %2$s FROM taster.%3$I($1, $2)), '
        'gone AS (DELETE FROM taster.%1$I AS old WHERE %4$s NOT EXISTS ('
        '    SELECT FROM fresh WHERE %5$s) RETURNING 1), '
        'come AS (INSERT INTO taster.%1$I AS old (%2$s) '
        '    SELECT %2$s FROM fresh '
        '    ON CONFLICT ON CONSTRAINT %6$I DO %7$s RETURNING 1) '
        'SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM come)',
        kept, taster.columns_of(kept, 'all', ''), 'fresh_' || kept,
        CASE WHEN of_day IS NULL THEN '' ELSE 'old.day = $1 AND' END,
        taster.same_key(kept),
        (SELECT conname FROM pg_constraint
         WHERE conrelid = format('taster.%I', kept)::regclass
         AND contype IN ('p', 'u')),
        CASE taster.columns_of(kept, 'rest', '') WHEN '' THEN 'NOTHING'
        ELSE format('UPDATE SET (%1$s) = ROW(%2$s) '
                    'WHERE ROW(%3$s) IS DISTINCT FROM ROW(%4$s)',
            concat_ws(', ', taster.columns_of(kept, 'rest', ''),
                      taster.update_time_of(kept, '')),
            concat_ws(', ', taster.columns_of(kept, 'rest', 'excluded.'),
                      taster.update_time_of(kept, 'excluded.')),
            taster.columns_of(kept, 'rest', 'old.'),
            taster.columns_of(kept, 'rest', 'excluded.')) END)
    INTO changed USING of_day, at_least;
    RETURN changed;
END
$$;

CREATE FUNCTION taster.update_time_of(kept name, prefix text) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT prefix || attname FROM pg_attribute
    WHERE attrelid = format('taster.%I', kept)::regclass
    AND attname = 'update_time' AND NOT attisdropped
$$;

COMMENT ON FUNCTION taster.columns_of(name, text, text) IS
    'Columns of a second-level table as a list for a statement.';
COMMENT ON FUNCTION taster.same_key(name) IS
    'Condition under which two rows of a second-level table are one.';
COMMENT ON FUNCTION taster.update_time_of(name, text) IS
    'The column update_time, where a table has one; else NULL.';
COMMENT ON FUNCTION taster.settle(name, date, bigint) IS
    'Makes a second-level table hold what its fresh_... function gives.';
