-- What is the proof behind one poisoned cell, down to the bytes?
SELECT e.witness, e.hour, e.qname, e.qtype, e.server, e.transport, r.reply,
    r.offset_ms, r.addresses, r.class, r.injector_id,
    encode(r.message, 'hex') AS message
FROM pub.evidence AS e
JOIN pub.evidence_reply AS r USING (witness)
WHERE e.witness = (
    SELECT witness FROM pub.cell
    WHERE verdict = 'poisoned' AND scope = 'network' AND witness IS NOT NULL
    ORDER BY day DESC, agreement DESC, probes DESC LIMIT 1)
ORDER BY r.reply;
