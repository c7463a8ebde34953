-- What was learned, as a reader sees it.

BEGIN;

SELECT plan(8);

INSERT INTO taster.learned_pool (pool, country, asn, family, first_day,
    last_day, names, learned_time, is_revoked)
VALUES ('learned-cn-4134-v4-1', 'CN', 4134, 4, '2026-11-01', '2026-11-02', 3,
        now(), false),
       ('learned-cn-4134-v4-2@2026-11-22T00:00:00Z', 'CN', 4134, 4,
        '2026-11-01', '2026-11-02', 3, now(), true);
INSERT INTO taster.learned_address (pool, address, owner_as, first_day,
    last_day, names, registrable)
VALUES ('learned-cn-4134-v4-1', '192.0.2.1', 64500, '2026-11-01',
        '2026-11-02', '{a.example.,b.example.}', 1),
       ('learned-cn-4134-v4-2@2026-11-22T00:00:00Z', '192.0.2.2', 64500,
        '2026-11-01', '2026-11-02', '{a.example.}', 1);
INSERT INTO taster.victim (address, owner_as, owner_name, country, names,
    sample_names, networks, first_day, last_day)
VALUES ('192.0.2.1', 64500, '', 'US', 2, '{a.example.}', '{CN/4134}',
        '2026-11-01', '2026-11-02');

SELECT is((SELECT addresses FROM analysis.learned_pools WHERE NOT is_revoked),
          1::bigint, 'a pool has members');
SELECT is((SELECT count(*)::integer FROM analysis.learned_pools), 2,
          'who looks sees what was revoked');
SELECT is((SELECT address FROM analysis.forged_addresses), '192.0.2.1'::inet,
          'no revoked address is called forged');
SELECT is((SELECT owner_name FROM analysis.victims), NULL,
          'an owner that is not known is NULL');
SELECT is((SELECT served FROM analysis.victims), NULL, 'nobody looked');
SELECT throws_ok(
    $$ INSERT INTO taster.learned_pool (pool, country, asn, family, first_day,
           last_day, names, learned_time)
       VALUES ('a', 'CN', 1, 5, '2026-11-01', '2026-11-02', 3, now()) $$,
    '23514', NULL, 'a family is 4 or 6');
SELECT throws_ok(
    $$ INSERT INTO taster.learned_pool (pool, country, asn, family, first_day,
           last_day, names, learned_time)
       VALUES ('a', 'CN', 1, 4, '2026-11-03', '2026-11-02', 3, now()) $$,
    '23514', NULL, 'days are in order');
SELECT throws_ok(
    $$ INSERT INTO taster.shared_address (country, asn, address, first_day,
           last_day, registrable, forged)
       VALUES ('CN', 1, '192.0.2.1', '2026-11-01', '2026-11-01', 3, 4) $$,
    '23514', NULL, 'no more are forged than there are');

SELECT finish();
ROLLBACK;
