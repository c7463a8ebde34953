-- The second level says what the first and the evidence say, and follows when
-- these change.

BEGIN;

SELECT plan(33);
SET LOCAL timezone = 'UTC';
\ir seed/second_level.sql

SELECT cmp_ok(taster.roll_up(current_date), '>', 0::bigint, 'a day is rolled');
SELECT is(taster.roll_up(current_date), 0::bigint, 'again, nothing changes');

SELECT results_eq(
    $$ SELECT scope, country, asn, probes FROM pub.cell
       WHERE domain = 'poisoned.example' ORDER BY scope, country, asn $$,
    $$ VALUES ('country', 'IR', NULL::bigint, 5),
              ('network', 'CN', 4134, 6), ('network', 'IR', 12880, 5) $$,
    'no small network, nor what would tell of it: neither CN nor the world');
SELECT is((SELECT verdict || ' ' || round(agreement::numeric, 3) || ' '
    || affected_probes FROM pub.cell
    WHERE domain = 'poisoned.example' AND asn = 4134),
    'poisoned 0.833 5', 'what most probes say, and how many agree');
SELECT is((SELECT ARRAY[sets, consistent, poisoned, insufficient] FROM pub.cell
    WHERE domain = 'poisoned.example' AND asn = 4134), '{6,1,5,0}',
    'sets by class');
SELECT is((SELECT mechanisms || injectors FROM pub.cell
    WHERE domain = 'poisoned.example' AND asn = 4134),
    '{on_path_injection,gfw-2}', 'how and by whom');
SELECT is((SELECT ruleset FROM pub.cell
    WHERE domain = 'poisoned.example' AND asn = 4134), 'test/1', 'who judged');
SELECT is((SELECT class || ' ' || domain || ' ' || asn || ' ' || qname
    FROM pub.evidence WHERE witness = (SELECT witness FROM pub.cell
        WHERE domain = 'poisoned.example' AND asn = 4134)),
    'poisoned poisoned.example 4134 Poisoned.example.',
    'the witness shows the verdict');
SELECT is_empty(
    $$ SELECT witness FROM pub.evidence AS e WHERE NOT EXISTS (
           SELECT FROM pub.cell AS c WHERE c.domain = e.domain
           AND c.country = e.country AND c.asn = e.asn
           AND c.scope = 'network') $$,
    'no witness is of a network that is not shown');
SELECT is_empty(
    $$ SELECT witness FROM pub.evidence_reply JOIN pub.evidence USING (witness)
       WHERE server_kind = 'system' AND source IS NOT NULL $$,
    'nobody learns of a household''s resolver');
SELECT isnt_empty(
    $$ SELECT witness FROM pub.evidence_reply
       WHERE host(source) = '192.0.2.53' $$, 'but of a canary');
SELECT is((SELECT ARRAY[domains, poisoned, consistent] FROM pub.verdict_day
    WHERE scope = 'network' AND country = 'CN'), '{3,1,2}',
    'domains by verdict');
SELECT is((SELECT ARRAY[probes, sets, measurements, domains]
    FROM pub.coverage WHERE scope = 'network' AND country = 'CN'),
    '{6,18,36,3}', 'coverage of a network');
SELECT is_empty($$ SELECT probes FROM pub.coverage
    WHERE scope = 'world' OR (scope = 'country' AND country = 'CN') $$,
    'coverage tells nothing of the small network either');
SELECT is((SELECT date_part('minute', last_hour)::integer FROM pub.coverage
    WHERE scope = 'network' AND country = 'CN'), 0, 'hours, no minutes');
SELECT results_eq(
    $$ SELECT server, measurements, consistent, poisoned FROM pub.transport_day
       WHERE country = 'CN' ORDER BY server $$,
    $$ VALUES ('canary', 18::bigint, 13::bigint, 5::bigint),
              ('system', 18, 13, 5) $$, 'transports and servers');
SELECT is((SELECT ARRAY[replies, sets, domains, probes] FROM pub.injector_day
    WHERE injector_id = 'gfw-2'), '{10,5,1,5}', 'an injector''s day');
SELECT is((SELECT host(address) || ' ' || replies || ' ' || probes
    FROM pub.forged_address_day), '2001:db8::1 10 5', 'a forged address');
SELECT results_eq(
    $$ SELECT kind, upper_ms, replies FROM pub.race
       WHERE country = 'CN' ORDER BY kind $$,
    $$ VALUES ('forged', 0.25 * power(2::float8, 5.5), 10::bigint),
              ('genuine', 0.25 * power(2::float8, 5.5), 26) $$,
    'how fast replies came');
SELECT is((SELECT ARRAY[measurements, poisoned] FROM pub.domain_transport
    WHERE domain = 'poisoned.example' AND server = 'canary'), '{11,5}',
    'what a domain was answered, in networks that are shown');

SELECT cmp_ok(taster.sum_up(), '>', 0::bigint, 'totals are made');
SELECT is(taster.sum_up(), 0::bigint, 'again, nothing changes');
SELECT is((SELECT ARRAY[networks, poisoned_networks, measured_days,
    poisoned_days, forged_addresses] FROM pub.domain
    WHERE domain = 'poisoned.example'), '{2,1,1,1,1}', 'a domain over time');
SELECT is((SELECT networks FROM pub.forged_address), '{CN/AS4134}',
    'where an address is forged');

-- One probe draws an address of its own, among five that draw forgeries.
UPDATE taster.response SET addresses = '{2001:db8::7}'
WHERE vantage_id = 905 AND batch_day = current_date AND ordinal < 2;
SELECT taster.roll_up(current_date);
SELECT is((SELECT replies || ' ' || probes FROM pub.forged_address_day
    WHERE address = '2001:db8::7'), '2 5', 'it hides among them');
SELECT taster.set_floor(6);
SELECT taster.roll_up(current_date);
SELECT is_empty('SELECT address FROM pub.forged_address_day',
    'and too few of them hide nobody');
SELECT taster.set_floor(5);

-- Judged otherwise.
UPDATE taster.vantage_cell
SET class = 0, mechanism = 0, injector_id = ''
WHERE vantage_id BETWEEN 901 AND 905 AND qname = 'Poisoned.example.';
UPDATE taster.verdict
SET class = 0, mechanism = 0, injector_id = ''
WHERE vantage_id BETWEEN 901 AND 905;
SELECT taster.roll_up(current_date);
SELECT is((SELECT verdict || ' ' || agreement FROM pub.cell
    WHERE domain = 'poisoned.example' AND asn = 4134), 'consistent 1',
    'a cell follows its verdicts');
SELECT is_empty('SELECT replies FROM pub.injector_day', 'so do injectors');
SELECT is((SELECT class FROM pub.evidence WHERE witness = (
    SELECT witness FROM pub.cell WHERE domain = 'poisoned.example'
    AND asn = 4134)), 'consistent', 'and witnesses');

-- Three of six say poisoned, three consistent; then half of them likely.
UPDATE taster.vantage_cell SET class = 5
WHERE vantage_id BETWEEN 901 AND 903 AND qname = 'Poisoned.example.';
SELECT taster.roll_up(current_date);
SELECT is((SELECT verdict || ' ' || agreement FROM pub.cell
    WHERE domain = 'poisoned.example' AND asn = 4134), 'ambiguous 0.5',
    'a tie is ambiguous');
UPDATE taster.vantage_cell SET class = 4
WHERE vantage_id BETWEEN 904 AND 906 AND qname = 'Poisoned.example.';
SELECT taster.roll_up(current_date);
SELECT is((SELECT verdict || ' ' || agreement FROM pub.cell
    WHERE domain = 'poisoned.example' AND asn = 4134), 'likely_poisoned 1',
    'unless both sides say forged');
UPDATE taster.vantage_cell SET class = 1
WHERE vantage_id BETWEEN 901 AND 906 AND qname = 'Poisoned.example.';
SELECT taster.roll_up(current_date);
SELECT is((SELECT verdict || coalesce(agreement::text, ' unknown')
    FROM pub.cell WHERE domain = 'poisoned.example' AND asn = 4134),
    'insufficient unknown', 'who has no say is not counted as a voice');

SELECT taster.set_floor(1);
SELECT taster.roll_up(current_date);
SELECT is((SELECT count(*)::integer FROM pub.cell
    WHERE domain = 'poisoned.example'), 6, 'a private collector shows all');

SELECT finish();
ROLLBACK;
