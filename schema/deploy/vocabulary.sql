-- Deploy taster:vocabulary to pg
-- The words behind the codes in evidence and verdicts. Codes are those of
-- taster.v1, of the judge and of the DNS reader: never renumbered.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.vocabulary (
    kind    text    NOT NULL,
    code    integer NOT NULL,
    word    text    NOT NULL,
    meaning text    NOT NULL,

    PRIMARY KEY (kind, code),
    UNIQUE (kind, word)
);

COMMENT ON TABLE taster.vocabulary IS
    'The words behind numeric codes, and what they mean.';
COMMENT ON COLUMN taster.vocabulary.kind IS
    'Which vocabulary, such as class or outcome.';
COMMENT ON COLUMN taster.vocabulary.code IS 'As stored; never renumbered.';
COMMENT ON COLUMN taster.vocabulary.word IS 'As shown; never renamed.';
COMMENT ON COLUMN taster.vocabulary.meaning IS 'What the word says.';

INSERT INTO taster.vocabulary (kind, code, word, meaning) VALUES
('class', 0, 'consistent', 'Genuine, as far as evidence goes.'),
('class', 1, 'insufficient', 'Nothing known that would decide.'),
('class', 2, 'ambiguous', 'Evidence speaks for and against forgery.'),
('class', 3, 'filtered', 'Changed by an operator''s or subscriber''s filter.'),
('class', 4, 'likely_poisoned', 'One kind of evidence suggests forgery.'),
('class', 5, 'poisoned', 'Forged, with proof.'),
('class', 6, 'down', 'No answer here, and none to the control either.'),
('class', 7, 'blocked', 'No answer here, where controls had one.'),

('mechanism', 0, 'none', 'Nothing to explain, or not known.'),
('mechanism', 1, 'on_path_injection', 'A machine on the path forged it.'),
('mechanism', 2, 'resolver_poisoned', 'The resolver cached a forgery.'),
('mechanism', 3, 'delegation_poisoned',
 'The name of a name server is forged.'),
('mechanism', 4, 'resolver_lying', 'The resolver''s operator answers so.'),
('mechanism', 5, 'intercepted', 'Port 53 is led to another resolver.'),
('mechanism', 6, 'substituted', 'Another party''s service stands in.'),
('mechanism', 7, 'dropped', 'Queries or replies vanish.'),
('mechanism', 8, 'reset', 'Connections are reset.'),
('mechanism', 9, 'encrypted_dns_blocked', 'DoT or DoH is kept from working.'),
('mechanism', 10, 'address_blocked', 'A true answer to a dead address.'),
('mechanism', 11, 'tls_intercepted', 'A true address, a wrong certificate.'),
('mechanism', 12, 'safe_search', 'A safe-search address is forced.'),
('mechanism', 13, 'security_product', 'A filter against malware or the like.'),
('mechanism', 14, 'nxdomain_rewritten', 'NXDOMAIN became an address.'),
('mechanism', 15, 'geo_refused', 'The service refuses this country.'),

('outcome', 1, 'response', 'At least one response matched the query.'),
('outcome', 2, 'timeout', 'Nothing that matches came in the window.'),
('outcome', 3, 'port_unreachable', 'ICMP: the server''s port is closed.'),
('outcome', 4, 'host_unreachable', 'ICMP: no way to the host.'),
('outcome', 5, 'network_unreachable', 'No way to the network.'),
('outcome', 6, 'prohibited', 'ICMP: a router was told to refuse.'),
('outcome', 7, 'ttl_exceeded', 'ICMP: the query''s TTL ran out.'),
('outcome', 8, 'send_failed', 'The probe''s host could not send.'),
('outcome', 9, 'cancelled', 'The probe was stopped before the window closed.'),

('transport', 1, 'udp', 'DNS over UDP (RFC 1035).'),
('transport', 2, 'tcp', 'DNS over TCP (RFC 7766).'),
('transport', 3, 'tls', 'DNS over TLS (RFC 7858).'),
('transport', 4, 'https', 'DNS over HTTPS (RFC 8484).'),

('server_kind', 1, 'system', 'Configured on the probe''s system.'),
('server_kind', 2, 'recursive', 'A recursive resolver that the plan names.'),
('server_kind', 3, 'authoritative', 'An authoritative server.'),
('server_kind', 4, 'canary', 'Runs no DNS: any answer was injected.'),

('question_role', 1, 'target', 'Asks for the target name.'),
('question_role', 2, 'control_name', 'Asks for a name that nobody blocks.'),

('fit', 0, 'matches', 'Fits the query; only such replies are judged.'),
('fit', 1, 'other_source', 'From another address or port than asked.'),
('fit', 2, 'other_id', 'Another transaction id.'),
('fit', 3, 'other_question', 'Echoes another question, or none.'),
('fit', 4, 'not_a_response', 'QR is 0, or no readable header.'),

('defect', 0, 'none', 'Well formed.'),
('defect', 1, 'short_header', 'Fewer than 12 bytes.'),
('defect', 2, 'truncated_name', 'A name runs past the end.'),
('defect', 3, 'bad_label_type', 'Label type 0x40 or 0x80.'),
('defect', 4, 'bad_pointer', 'A compression pointer not strictly backwards.'),
('defect', 5, 'pointer_chain', 'More than 128 pointers in one name.'),
('defect', 6, 'long_name', 'A name of more than 255 bytes.'),
('defect', 7, 'truncated_question', 'The question runs past the end.'),
('defect', 8, 'truncated_record', 'A record runs past the end.'),
('defect', 9, 'bad_rdata_length', 'RDLENGTH does not fit the type.'),
('defect', 10, 'bad_svcb', 'Malformed SVCB or HTTPS parameters.'),
('defect', 11, 'too_many_records', 'More than 64 records.'),
('defect', 12, 'trailing_bytes', 'Bytes after the last announced record.'),

('control_kind', 1, 'address', 'The name has this address.'),
('control_kind', 2, 'nodata', 'NOERROR without an answer.'),
('control_kind', 3, 'nxdomain', 'The name does not exist.'),

('redaction_reason', 1, 'client_subnet', 'EDNS Client Subnet (RFC 7871).'),
('redaction_reason', 2, 'own_address', 'The prober''s address in RDATA.'),
('redaction_reason', 3, 'cookie', 'EDNS COOKIE (RFC 7873).'),

('refuse_reason', 1, 'missing_field', 'A needed field is not there.'),
('refuse_reason', 2, 'out_of_range', 'A value outside its range.'),
('refuse_reason', 3, 'unknown_enum', 'An unknown enum value.'),
('refuse_reason', 4, 'bad_query', 'Not a DNS query with one question.'),
('refuse_reason', 5, 'unmasked_address',
 'A reply still holds the volunteer''s own address.'),

('reject_reason', 1, 'conflict', 'The id is known with other bytes.'),
('reject_reason', 2, 'too_old', 'The day in the id is too long ago.'),
('reject_reason', 3, 'in_future', 'The day in the id is too far ahead.'),
('reject_reason', 4, 'unseal', 'The sealed payload could not be opened.'),
('reject_reason', 5, 'malformed', 'The payload is not the batch it claims.'),
('reject_reason', 6, 'size', 'Empty, or too large.'),

-- IANA, DNS RCODEs; the four bits of the header.
('rcode', 0, 'NOERROR', 'No error (RFC 1035).'),
('rcode', 1, 'FORMERR', 'Format error (RFC 1035).'),
('rcode', 2, 'SERVFAIL', 'Server failure (RFC 1035).'),
('rcode', 3, 'NXDOMAIN', 'Non-existent domain (RFC 1035).'),
('rcode', 4, 'NOTIMP', 'Not implemented by the server (RFC 1035).'),
('rcode', 5, 'REFUSED', 'Query refused (RFC 1035).'),
('rcode', 6, 'YXDOMAIN', 'Name exists when it should not (RFC 2136).'),
('rcode', 7, 'YXRRSET', 'RRset exists when it should not (RFC 2136).'),
('rcode', 8, 'NXRRSET', 'RRset that should exist does not (RFC 2136).'),
('rcode', 9, 'NOTAUTH', 'Not authoritative (RFC 2136).'),
('rcode', 10, 'NOTZONE', 'Name not in zone (RFC 2136).'),
('rcode', 11, 'DSOTYPENI', 'DSO-TYPE not implemented (RFC 8490).'),

-- IANA, resource record types; others show as TYPE and a number (RFC 3597).
('qtype', 1, 'A', 'IPv4 address (RFC 1035).'),
('qtype', 2, 'NS', 'Name server (RFC 1035).'),
('qtype', 5, 'CNAME', 'Canonical name (RFC 1035).'),
('qtype', 6, 'SOA', 'Start of authority (RFC 1035).'),
('qtype', 12, 'PTR', 'Pointer (RFC 1035).'),
('qtype', 13, 'HINFO', 'Host information (RFC 1035, RFC 8482).'),
('qtype', 15, 'MX', 'Mail exchange (RFC 1035).'),
('qtype', 16, 'TXT', 'Text (RFC 1035).'),
('qtype', 28, 'AAAA', 'IPv6 address (RFC 3596).'),
('qtype', 33, 'SRV', 'Service location (RFC 2782).'),
('qtype', 35, 'NAPTR', 'Naming authority pointer (RFC 3403).'),
('qtype', 39, 'DNAME', 'Delegation name (RFC 6672).'),
('qtype', 43, 'DS', 'Delegation signer (RFC 4034).'),
('qtype', 46, 'RRSIG', 'Signature (RFC 4034).'),
('qtype', 47, 'NSEC', 'Next secure (RFC 4034).'),
('qtype', 48, 'DNSKEY', 'Zone key (RFC 4034).'),
('qtype', 50, 'NSEC3', 'Hashed next secure (RFC 5155).'),
('qtype', 52, 'TLSA', 'TLS certificate association (RFC 6698).'),
('qtype', 64, 'SVCB', 'Service binding (RFC 9460).'),
('qtype', 65, 'HTTPS', 'Service binding for HTTPS (RFC 9460).'),
('qtype', 99, 'SPF', 'Sender policy (RFC 7208, historic).'),
('qtype', 255, 'ANY', 'Every type (RFC 1035, RFC 8482).'),
('qtype', 257, 'CAA', 'Certification authority (RFC 8659).');

GRANT SELECT ON taster.vocabulary TO taster_ingest, taster_judge;

COMMIT;
