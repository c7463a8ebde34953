-- Comments on the views of pub; part of change pub_v1.

COMMENT ON VIEW pub.cell IS
    'Domain, day and the probes of a network, a country or the world: how '
    'many question sets had which verdict, and how many distinct probes stand '
    'behind it. No row: nobody asked, or too few probes to publish. Key: day, '
    'domain, scope, country, asn.';
COMMENT ON VIEW pub.domain IS
    'Domains over all days; the counts of networks and days are of the last '
    '30. Key: domain.';
COMMENT ON VIEW pub.verdict_day IS
    'Published cells of a day by their verdict: how many domains are poisoned '
    'where. Key: day, scope, country, asn.';
COMMENT ON VIEW pub.network IS
    'Networks over all days; counts are of the last 30. Key: country, asn.';
COMMENT ON VIEW pub.country IS
    'Countries over all days; counts are of the last 30. Key: country.';
COMMENT ON VIEW pub.coverage IS
    'How many probes measured how much; sets and measurements are those of '
    'published rows. Key: day, scope, country, asn.';
COMMENT ON VIEW pub.transport_day IS
    'What became of questions over each transport to each kind of server. '
    'Key: day, country, asn, transport, server.';
COMMENT ON VIEW pub.control IS
    'Control vantage points and how they do: the truth is worth as much as '
    'they are. Key: control.';
COMMENT ON VIEW pub.event IS
    'What changed. onset: a cell is poisoned, half its probes or more agree, '
    'after 3 days or more without; end: the reverse over 3 days; confidence '
    'is agreement * probes / (probes + 2). pool_change: half or more of an '
    'injector''s replies hold addresses that are new within 3 days. '
    'injector_change: another injector gives most forged replies of a '
    'network. new_victim: an injector that was known sends people to an '
    'address that is new. control_failure: a control is not healthy. Key: '
    'event_id.';
COMMENT ON VIEW pub.release IS
    'What is published, on what terms. One row.';
COMMENT ON VIEW pub.injector IS
    'Machines known to forge DNS replies. Key: injector_id.';
COMMENT ON VIEW pub.injector_fingerprint IS
    'How an injector''s replies look; NULL: not compared. Key: injector_id, '
    'position.';
COMMENT ON VIEW pub.injector_day IS
    'Replies of each injector in each network. Key: day, country, asn, '
    'injector_id.';
COMMENT ON VIEW pub.injector_domain IS
    'Domains that an injector was named for. Key: injector_id, domain.';
COMMENT ON VIEW pub.race IS
    'How fast forged and genuine replies came, as a histogram. Key: day, '
    'country, asn, kind, upper_ms.';
COMMENT ON VIEW pub.injector_race IS
    'How fast an injector''s replies came, as a histogram over all days. Key: '
    'injector_id, upper_ms.';
COMMENT ON VIEW pub.hop IS
    'At which hop injectors sit, from TTL-limited series. Key: day, country, '
    'asn, injector_id, hop_low, hop_high, router_asn.';
COMMENT ON VIEW pub.forged_address IS
    'Addresses that forged replies held. Their owners are victims. Key: '
    'address.';
COMMENT ON VIEW pub.forged_address_day IS
    'Addresses that forged replies held, in each network. Key: day, country, '
    'asn, address.';
COMMENT ON VIEW pub.pool_growth IS
    'How many addresses each injector was known with, day by day. Key: day, '
    'injector_id.';
COMMENT ON VIEW pub.pool_address IS
    'The addresses of forged pools, listed and learned. Key: pool, position.';
COMMENT ON VIEW pub.pool IS
    'Sets of addresses that injectors answer with: listed before, or learned '
    'from evidence. Key: pool.';
COMMENT ON VIEW pub.victim IS
    'Addresses of others that injectors send people to: whose they are, for '
    'how many domains, from where and since when. Key: address.';
COMMENT ON VIEW pub.domain_forged_address IS
    'Addresses that a domain was answered with by forgers. Key: domain, '
    'address.';
COMMENT ON VIEW pub.domain_transport IS
    'What became of questions for an affected domain over each transport, in '
    'the last 30 days. Key: domain, transport, server.';
COMMENT ON VIEW pub.domain_race IS
    'How fast forged and genuine replies for a domain came, in the last 30 '
    'days. Key: domain, kind, upper_ms.';
COMMENT ON VIEW pub.domain_hop IS
    'At which hop traces for a domain found injectors. Key: day, domain, '
    'country, asn, injector_id, hop_low, hop_high, router_asn.';
COMMENT ON VIEW pub.domain_truth IS
    'What controls in free networks say of a domain. Key: domain, kind, '
    'qtype, address.';
COMMENT ON VIEW pub.evidence IS
    'Measurements that stand for published cells, down to the bytes. Filter '
    'on witness. Key: witness.';
COMMENT ON VIEW pub.evidence_reply IS
    'Every reply to such a measurement. Filter on witness. Key: witness, '
    'reply.';
COMMENT ON VIEW pub.evidence_finding IS
    'Rules that fired on such a measurement or its replies. Filter on '
    'witness. Key: witness, reply, rule_id, subject.';
COMMENT ON COLUMN pub.event.kind IS
    'onset, end, pool_change, injector_change, new_victim or control_failure.';
COMMENT ON COLUMN pub.forged_address_day.probes IS
    'Distinct vantage points that drew any forgery there that day; those that '
    'drew this address are among them.';
COMMENT ON COLUMN pub.race.kind IS
    'forged or genuine.';
COMMENT ON COLUMN pub.injector_race.kind IS 'Always forged.';
COMMENT ON COLUMN pub.domain_race.kind IS
    'forged or genuine.';
COMMENT ON COLUMN pub.pool.kind IS
    'listed: known beforehand; learned: found in evidence.';
COMMENT ON COLUMN pub.domain_truth.kind IS
    'address, nodata, nxdomain, served or unserved; vocabulary control_kind.';
COMMENT ON COLUMN pub.domain_truth.address IS
    'One address of the answer, or that was checked; NULL: the name has none.';
COMMENT ON COLUMN pub.domain_truth.countries IS
    'Countries of the controls that saw it.';
COMMENT ON COLUMN pub.event.address IS
    'The address that it is about; NULL: none.';
COMMENT ON COLUMN pub.event.domain IS
    'The domain that it is about; NULL: none.';
COMMENT ON COLUMN pub.event.control IS
    'The control that it is about; NULL: none.';
COMMENT ON COLUMN pub.event.probes IS
    'Distinct probes behind it; NULL: it is about none.';
COMMENT ON COLUMN pub.event.confidence IS
    'From 0 to 1: agreement * probes / (probes + 2); NULL: not of a cell.';
COMMENT ON COLUMN pub.event.injector_id IS
    'The injector that it is about; NULL: none.';
COMMENT ON COLUMN pub.release.first_day IS
    'First UTC day with a published cell.';
COMMENT ON COLUMN pub.release.last_day IS
    'Last UTC day with a published cell.';
COMMENT ON COLUMN pub.release.probes IS
    'Most probes on one of the last 30 days.';
COMMENT ON COLUMN pub.release.networks IS
    'Networks with a published cell.';
COMMENT ON COLUMN pub.release.domains IS
    'Domains with a published cell.';
COMMENT ON COLUMN pub.release.update_time IS
    'When a day was last rolled up.';
COMMENT ON COLUMN pub.release.ruleset IS
    'The newest rules and reference data that judged.';
COMMENT ON COLUMN pub.injector.injector_id IS
    'Permanent id, such as gfw-2.';
COMMENT ON COLUMN pub.injector.name IS
    'Name for people.';
COMMENT ON COLUMN pub.injector_fingerprint.position IS
    'From 0: an injector may have had several.';
COMMENT ON COLUMN pub.injector_fingerprint.pools IS
    'Pools that it draws from; empty: not compared.';
COMMENT ON COLUMN pub.pool.first_day IS
    'First day on which it was drawn from; NULL: open.';
COMMENT ON COLUMN pub.pool.last_day IS
    'Listed: first day on which it was drawn from no more; learned: the last '
    'on which it was; NULL: open.';
COMMENT ON COLUMN pub.pool.country IS
    'Country of the network it was learned in; NULL: listed.';
COMMENT ON COLUMN pub.pool.asn IS
    'Network it was learned in; NULL: listed, or not known.';
COMMENT ON COLUMN pub.pool.domains IS
    'Domains behind the most common of its addresses; NULL: listed.';
COMMENT ON COLUMN pub.hop.router_name IS
    'Name of that autonomous system; NULL: not known.';
COMMENT ON COLUMN pub.hop.router_country IS
    'Country it is registered in; NULL: not known.';
COMMENT ON COLUMN pub.domain_hop.router_name IS
    'Name of that autonomous system; NULL: not known.';
COMMENT ON COLUMN pub.domain_hop.router_country IS
    'Country it is registered in; NULL: not known.';
COMMENT ON COLUMN pub.evidence_reply.source IS
    'Whom the reply claims to be from; NULL: the system''s resolver, which is '
    'not shown.';
COMMENT ON COLUMN pub.evidence_reply.addresses IS
    'Addresses in its answer section.';
COMMENT ON COLUMN pub.domain.networks IS
    'Networks of the last 30 days with a published cell.';
COMMENT ON COLUMN pub.country.country IS
    'ISO 3166-1 alpha-2.';
COMMENT ON COLUMN pub.control.country IS
    'Where it stands, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN pub.control.asn IS
    'Network in which it stands; NULL: not known.';
COMMENT ON COLUMN pub.control.reason IS
    'Why it is in that state, for people.';

-- What is passed through unchanged means what it means in its table.
DO $$
DECLARE
    note record;
BEGIN
    FOR note IN
        SELECT seen.attname AS column_name,
            col_description(source.attrelid, source.attnum) AS meaning
        FROM pg_attribute AS seen
        JOIN pg_attribute AS source
            ON source.attrelid = 'taster.injector_fingerprint'::regclass
            AND source.attname = seen.attname
        WHERE seen.attrelid = 'pub.injector_fingerprint'::regclass
        AND seen.attnum > 0 AND seen.attname <> 'pools'
    LOOP
        EXECUTE format('COMMENT ON COLUMN pub.injector_fingerprint.%I IS %L',
                       note.column_name, note.meaning);
    END LOOP;
END
$$;
