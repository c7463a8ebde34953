-- What changed in the last 30 days?
SELECT day, kind, summary, confidence, witness
FROM pub.event
WHERE day > current_date - 30
ORDER BY day DESC, event_id;
