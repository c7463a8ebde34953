-- Comments on the views of what was learned; part of change learned.

COMMENT ON VIEW pub.learned_pools IS
    'Forged pools that were found in the answers of one network, from '
    'evidence and controls alone.';
COMMENT ON VIEW pub.forged_addresses IS
    'Members of learned pools that are in use, with the names that bear '
    'witness.';
COMMENT ON VIEW pub.victims IS
    'Addresses of others that injectors send people to: whose they are, for '
    'how many names, from where and since when.';

COMMENT ON COLUMN pub.learned_pools.pool IS
    'Id: the network, the family, its rank there.';
COMMENT ON COLUMN pub.learned_pools.country IS
    'ISO 3166-1 alpha-2 code of the network; NULL: not known.';
COMMENT ON COLUMN pub.learned_pools.asn IS
    'Autonomous system of the network; 0: not known.';
COMMENT ON COLUMN pub.learned_pools.family IS 'IP version: 4 or 6.';
COMMENT ON COLUMN pub.learned_pools.first_day IS
    'UTC day on which a member was first drawn.';
COMMENT ON COLUMN pub.learned_pools.last_day IS
    'UTC day on which a member was last drawn.';
COMMENT ON COLUMN pub.learned_pools.names IS 'Names that draw from it.';
COMMENT ON COLUMN pub.learned_pools.addresses IS 'Members.';
COMMENT ON COLUMN pub.learned_pools.learned_time IS 'When it was first found.';
COMMENT ON COLUMN pub.learned_pools.is_revoked IS
    'Set aside: no verdict rests on it.';

COMMENT ON COLUMN pub.forged_addresses.address IS
    'The forged address; its owner is a victim, not a party.';
COMMENT ON COLUMN pub.forged_addresses.pool IS 'Row of learned_pools.';
COMMENT ON COLUMN pub.forged_addresses.country IS
    'ISO 3166-1 alpha-2 code of the network it was seen in.';
COMMENT ON COLUMN pub.forged_addresses.asn IS
    'Autonomous system of the network it was seen in.';
COMMENT ON COLUMN pub.forged_addresses.owner_as IS
    'AS that announces the address; 0: nobody, or not known.';
COMMENT ON COLUMN pub.forged_addresses.first_day IS
    'UTC day on which it was first drawn.';
COMMENT ON COLUMN pub.forged_addresses.last_day IS
    'UTC day on which it was last drawn.';
COMMENT ON COLUMN pub.forged_addresses.names IS
    'Names that drew it though no control of theirs has it.';
COMMENT ON COLUMN pub.forged_addresses.registrable IS
    'Registrable domains among the names.';

COMMENT ON COLUMN pub.victims.address IS 'The forged address.';
COMMENT ON COLUMN pub.victims.owner_as IS 'AS that announces it.';
COMMENT ON COLUMN pub.victims.owner_name IS
    'Name of that AS; NULL: not known.';
COMMENT ON COLUMN pub.victims.country IS
    'ISO 3166-1 alpha-2 code of the address; NULL: not known.';
COMMENT ON COLUMN pub.victims.names IS 'Names that were answered with it.';
COMMENT ON COLUMN pub.victims.sample_names IS 'Some of them.';
COMMENT ON COLUMN pub.victims.networks IS
    'Country and AS of the networks where that was seen, as CN/4134.';
COMMENT ON COLUMN pub.victims.first_day IS
    'UTC day on which it was first seen forged.';
COMMENT ON COLUMN pub.victims.last_day IS
    'UTC day on which it was last seen forged.';
COMMENT ON COLUMN pub.victims.served IS
    'What answers there; NULL: nobody looked.';
