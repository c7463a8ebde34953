-- Which domains are poisoned in one country and consistent in another?
SELECT here.domain, here.country AS poisoned_in,
    there.country AS consistent_in, here.day
FROM pub.cell AS here
JOIN pub.cell AS there USING (day, domain, scope)
WHERE scope = 'country' AND here.verdict = 'poisoned'
AND there.verdict = 'consistent' AND day > current_date - 30
ORDER BY here.day DESC, here.domain, poisoned_in, consistent_in;
