-- Which domains came back, and after how long?
SELECT ended.domain, ended.country, ended.asn, ended.day AS ended,
    max(began.day) AS began, ended.day - max(began.day) AS days
FROM pub.event AS ended
LEFT JOIN pub.event AS began
    ON began.kind = 'onset' AND began.domain = ended.domain
    AND began.country = ended.country
    AND began.asn IS NOT DISTINCT FROM ended.asn AND began.day < ended.day
WHERE ended.kind = 'end'
GROUP BY ended.domain, ended.country, ended.asn, ended.day
ORDER BY ended DESC;
