-- Events, found in published cells.

BEGIN;

SELECT plan(16);
SET LOCAL timezone = 'UTC';

-- A walk: letters by day, from the oldest; p poisoned, c consistent, ? neither,
-- - not measured.
CREATE FUNCTION pg_temp.walk(of_domain text, days text) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO taster.cell (day, domain, scope, country, asn, verdict,
        agreement, probes, affected_probes, sets, consistent, insufficient,
        ambiguous, filtered, likely_poisoned, poisoned, down, blocked,
        mechanisms, injectors, update_time)
    SELECT current_date - length(days) + n::integer, of_domain, 'network',
        'CN', 4134, CASE letter WHEN 'p' THEN 'poisoned' WHEN 'c'
            THEN 'consistent' ELSE 'ambiguous' END,
        0.75, 8, 6, 8, 0, 0, 0, 0, 0, 8, 0, 0, '{}', '{gfw-2}', now()
    FROM regexp_split_to_table(days, '') WITH ORDINALITY AS d (letter, n)
    WHERE letter <> '-'
$$;
CREATE FUNCTION pg_temp.found(of_domain text) RETURNS text
LANGUAGE sql AS $$
    SELECT coalesce(string_agg(kind || ' ' || current_date - day, ', '
                               ORDER BY day), '')
    FROM pub.event WHERE domain = of_domain
$$;

SELECT pg_temp.walk('new.example', 'ccpp');
SELECT pg_temp.walk('always.example', 'pppp');
SELECT pg_temp.walk('unclear.example', '??pp');
SELECT pg_temp.walk('flaps.example', 'cpcpcp');
SELECT pg_temp.walk('short.example', 'cppcc');
SELECT pg_temp.walk('over.example', 'cppcccc');
SELECT pg_temp.walk('gap.example', 'cpp---c');
SELECT pg_temp.walk('again.example', 'cpccccp');
SELECT cmp_ok(taster.detect_events(current_date - 60), '>', 0::bigint,
    'something changed');
SELECT is(taster.detect_events(current_date - 60), 0::bigint,
    'found again, nothing changes');
SELECT is(pg_temp.found('new.example'), 'onset 1', 'an onset');
SELECT is(pg_temp.found('always.example'), '', 'no onset without a before');
SELECT is(pg_temp.found('unclear.example'), '', 'nor after unclear days');
SELECT is(pg_temp.found('flaps.example'), 'onset 4', 'a flapping cell: once');
SELECT is(pg_temp.found('short.example'), 'onset 3', 'no end before 3 days');
SELECT is(pg_temp.found('over.example'), 'onset 5, end 3', 'an end');
SELECT is(pg_temp.found('gap.example'), 'onset 5, end 0',
    'days without measurement count as days');
SELECT is(pg_temp.found('again.example'), 'onset 5, end 4, onset 0',
    'and poisoned again');
SELECT is((SELECT round(confidence::numeric, 3) || ' ' || summary
    FROM pub.event WHERE domain = 'new.example'),
    '0.600 new.example is poisoned in CN/AS4134: 75% of 8 probes agree.',
    'what is said of it');
SELECT is((SELECT kind || ' ' || before || ' ' || after || ' ' || injector_id
    FROM pub.event WHERE domain = 'new.example'),
    'onset consistent poisoned gfw-2', 'from what, to what, by whom');

-- Judged otherwise: it was poisoned before already.
UPDATE taster.cell SET verdict = 'poisoned' WHERE domain = 'new.example';
SELECT taster.detect_events(current_date - 60);
SELECT is(pg_temp.found('new.example'), '', 'an event is taken back');

-- A pool that changes overnight.
INSERT INTO taster.forged_address_day (day, country, asn, address, replies,
    domains, probes, injectors)
SELECT current_date - back, 'CN', 4134,
    inet '203.0.113.0' + n + CASE back WHEN 0 THEN 100 ELSE 0 END, 10, 3, 5,
    '{gfw-2}'
FROM generate_series(0, 6) AS back, generate_series(1, 6) AS n;
SELECT taster.detect_events(current_date - 60);
SELECT is((SELECT injector_id || ' ' || after || ' ' || current_date - day
    FROM pub.event WHERE kind = 'pool_change'),
    'gfw-2 6 new addresses 0', 'a pool that changed overnight');

-- A control that others know to be unwell, and one that nobody heard of.
INSERT INTO taster.vantage (vantage_id, key, role, country, asn, enroll_time)
OVERRIDING SYSTEM VALUE VALUES
(991, sha256('1'), 'control', 'DE', 680, now() - interval '9 days'),
(992, sha256('2'), 'control', 'NL', 1103, now() - interval '9 days');
INSERT INTO taster.control_health (vantage_id, state, since_time, reason,
    names, failures, disagreements)
VALUES (991, 'filtered', now() - interval '1 day', 'Names are withheld.', 9, 0,
        5);
SELECT taster.sum_up();
SELECT results_eq(
    'SELECT control, state, reason FROM pub.control ORDER BY control',
    $$ VALUES (991::bigint, 'filtered', 'Names are withheld.'),
              (992, 'stale', 'Nothing came from it for a day.') $$,
    'what is known of controls');
SELECT taster.detect_events(current_date - 60);
SELECT is((SELECT count(*)::integer FROM pub.event
           WHERE kind = 'control_failure'), 2, 'controls that fail');

SELECT finish();
ROLLBACK;
