-- How control vantage points do. They are the operator's own: no floor. Where
-- the collector assessed one (control_health), its word holds; else answers and
-- failures tell.

-- Of the last 7 days: names for which one control says that they do not exist
-- or have no address while two others or more have one and none agrees with
-- it; and names for which it alone returns an address of a forged pool.
CREATE FUNCTION taster.control_disagreements()
RETURNS TABLE (control bigint, withheld bigint, forged bigint)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    WITH newest AS MATERIALIZED (
        SELECT a.qname, a.qtype, a.vantage_id, a.address
        FROM taster.control_answer AS a
        WHERE a.kind IN (1, 2, 3) AND a.last_time > now() - interval '7 days'
    ), said AS MATERIALIZED (
        SELECT qname, qtype, vantage_id,
            bool_or(address IS NOT NULL AND host(address) <> '0.0.0.0')
                AS has_address
        FROM newest
        GROUP BY qname, qtype, vantage_id
    ), known AS (
        SELECT qname, qtype, count(*) FILTER (WHERE has_address) AS holders,
            count(*) AS asked
        FROM said
        GROUP BY qname, qtype
    ), withheld AS (
        SELECT said.vantage_id, count(*) AS names
        FROM said
        JOIN known USING (qname, qtype)
        WHERE NOT said.has_address AND known.holders >= 2
        AND known.holders = known.asked - 1
        GROUP BY said.vantage_id
    ), alone AS (
        SELECT n.qname, n.qtype, n.address, min(n.vantage_id) AS vantage_id
        FROM newest AS n
        JOIN taster.forged_address AS f USING (address)
        GROUP BY n.qname, n.qtype, n.address
        HAVING count(DISTINCT n.vantage_id) = 1
    ), forged AS (
        SELECT alone.vantage_id, count(DISTINCT (qname, qtype)) AS names
        FROM alone
        JOIN known USING (qname, qtype)
        WHERE known.asked >= 2
        GROUP BY alone.vantage_id
    )
    SELECT v.vantage_id, coalesce(withheld.names, 0), coalesce(forged.names, 0)
    FROM taster.vantage AS v
    LEFT JOIN withheld USING (vantage_id)
    LEFT JOIN forged USING (vantage_id)
    WHERE v.role = 'control'
$$;

CREATE FUNCTION taster.fresh_control_total(of_day date, at_least bigint)
RETURNS SETOF taster.control_total
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    WITH said AS (
        SELECT vantage_id AS control, min(first_time) AS first_time,
            max(last_time) AS last_time, count(*) AS answers,
            count(DISTINCT (qname, qtype)) AS names
        FROM taster.control_answer
        GROUP BY vantage_id
    ), tried AS (
        SELECT control, sum(measurements)::bigint AS measurements,
            sum(failures)::bigint AS failures
        FROM taster.control_day
        WHERE day > (now() AT TIME ZONE 'UTC')::date - 7
        GROUP BY control
    ), assessed AS (
        SELECT v.vantage_id AS control, v.country::text AS country,
            nullif(v.asn, 0) AS asn, said.first_time, said.last_time,
            coalesce(said.answers, 0) AS answers,
            coalesce(said.names, 0) AS names,
            coalesce(tried.failures, 0) AS failures,
            d.withheld + d.forged AS disagreements,
            CASE WHEN v.revoke_time IS NOT NULL THEN 'revoked'
                WHEN h.state IS NOT NULL THEN h.state
                WHEN d.forged >= 3 THEN 'poisoned'
                WHEN d.withheld >= 3 AND d.withheld * 50 > said.names
                    THEN 'filtered'
                WHEN tried.failures * 2 > tried.measurements THEN 'failing'
                WHEN coalesce(said.last_time, v.enroll_time)
                    < now() - interval '24 hours' THEN 'stale'
                ELSE 'healthy' END AS state,
            h.state AS known_state, h.since_time, h.reason AS known_reason,
            d.withheld, d.forged, tried.measurements
        FROM taster.vantage AS v
        JOIN taster.control_disagreements() AS d ON d.control = v.vantage_id
        LEFT JOIN said ON said.control = v.vantage_id
        LEFT JOIN tried ON tried.control = v.vantage_id
        LEFT JOIN taster.control_health AS h
            ON h.vantage_id = v.vantage_id AND h.until_time IS NULL
        WHERE v.role = 'control'
    )
    SELECT a.control, a.country, a.asn, a.first_time, a.last_time, a.answers,
        a.names, a.failures, a.disagreements, a.state,
        CASE WHEN a.state = a.known_state THEN a.since_time
            WHEN old.state = a.state THEN old.state_since ELSE now() END,
        CASE WHEN a.state = a.known_state THEN a.known_reason
            ELSE CASE a.state
            WHEN 'revoked' THEN 'The operator set it aside.'
            WHEN 'poisoned' THEN format('It alone returns forgers'' addresses '
                'for %s names.', a.forged)
            WHEN 'filtered' THEN format('It withholds %s of %s names that all '
                'others resolve.', a.withheld, a.names)
            WHEN 'failing' THEN format('%s of its %s measurements of 7 days '
                'brought nothing.', a.failures, a.measurements)
            WHEN 'stale' THEN 'Nothing came from it for a day.'
            ELSE '' END END
    FROM assessed AS a
    LEFT JOIN taster.control_total AS old USING (control)
$$;

COMMENT ON FUNCTION taster.control_disagreements() IS
    'Names of 7 days that each control alone withholds, and for which it '
    'alone returns an address of a forged pool.';
COMMENT ON FUNCTION taster.fresh_control_total(date, bigint) IS
    'Rows that control_total should have.';
