// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/views.h"

namespace taster::serve {
namespace {

constexpr ViewKey kViewKeys[] = {
    {"cell", "day,domain,scope,country?,asn?"},
    {"control", "control"},
    {"country", "country"},
    {"coverage", "day,scope,country?,asn?"},
    {"domain", "domain"},
    {"domain_forged_address", "domain,address"},
    {"domain_hop",
     "day,domain,country?,asn?,injector_id?,hop_low?,hop_high?,router_asn?"},
    {"domain_race", "domain,kind,upper_ms"},
    {"domain_transport", "domain,transport,server?"},
    {"domain_truth", "domain,qtype,kind,address?"},
    {"event", "event_id"},
    {"evidence", "witness"},
    {"evidence_finding", "witness,reply,rule_id,subject"},
    {"evidence_reply", "witness,reply"},
    {"forged_address", "address"},
    {"forged_address_day", "day,country?,asn?,address"},
    {"hop", "day,country?,asn?,injector_id?,hop_low?,hop_high?,router_asn?"},
    {"injector", "injector_id"},
    {"injector_day", "day,country?,asn?,injector_id?"},
    {"injector_fingerprint", "injector_id,position"},
    {"injector_domain", "injector_id,domain"},
    {"injector_race", "injector_id,kind,upper_ms"},
    {"listed_answer", "list_id,answer"},
    {"network", "country?,asn?"},
    {"pool", "pool"},
    {"pool_address", "pool,position"},
    {"pool_growth", "day,injector_id?"},
    {"public_resolver", "address"},
    {"race", "day,country?,asn?,kind,upper_ms"},
    {"release", ""},
    {"transport_day", "day,country?,asn?,transport,server?"},
    {"verdict_day", "day,scope,country?,asn?"},
    {"victim", "address"},
    {"vocabulary", "kind,code"},
};

}  // namespace

std::span<const ViewKey> ViewKeys() { return kViewKeys; }

}  // namespace taster::serve
