// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/page_columns.h"

#include <algorithm>

namespace taster::serve {
namespace {

constexpr ViewColumns kViewColumns[] = {
    {"cell",
     "day domain scope country asn domain_unicode network_name verdict "
     "agreement probes affected_probes sets consistent insufficient "
     "ambiguous filtered likely_poisoned poisoned down blocked "
     "mechanisms injectors witness ruleset update_time"},
    {"control",
     "control country asn network_name first_time last_time answers "
     "names failures disagreements state state_since reason"},
    {"coverage",
     "day scope country asn network_name probes sets measurements "
     "domains last_hour"},
    {"domain",
     "domain domain_unicode registrable_domain first_day last_day "
     "first_poisoned_day last_poisoned_day networks poisoned_networks "
     "countries measured_days poisoned_days mechanisms injectors "
     "forged_addresses last_verdict"},
    {"domain_hop",
     "day domain country asn injector_id hop_low hop_high router_asn "
     "traces likely server_hop router_name router_country"},
    {"event",
     "event_id day kind domain domain_unicode country asn network_name "
     "injector_id address control before after probes confidence witness "
     "summary"},
    {"evidence",
     "witness day hour domain qname qtype country asn network_name "
     "server server_kind transport outcome window_ms query class "
     "mechanism injector_id ruleset agreement"},
    {"evidence_finding", "witness reply rule_id subject reason"},
    {"evidence_reply",
     "witness reply offset_ms source ip_ttl dont_fragment ip_id_zero fit "
     "rcode flags addresses rr_ttl defect message class mechanism "
     "injector_id"},
    {"forged_address",
     "address family owner_asn owner_name owner_country first_day "
     "last_day replies domains networks pools injectors is_reserved"},
    {"forged_address_day",
     "day country asn address replies domains probes injectors"},
    {"hop",
     "day country asn injector_id hop_low hop_high router_asn traces "
     "probes likely server_hop router_name router_country"},
    {"injector",
     "injector_id name country source first_day last_day replies domains "
     "networks"},
    {"injector_day", "day country asn injector_id replies sets domains probes"},
    {"injector_fingerprint",
     "injector_id position since until aa aa_iff_not_rd rd_echoed "
     "dont_fragment ip_id_zero owner_is_pointer rr_ttl pools source"},
    {"network",
     "country asn network_name first_day last_day domains "
     "poisoned_domains probes mechanisms injectors"},
    {"pool",
     "pool kind family country asn ordered first_day last_day addresses "
     "domains source"},
    {"pool_growth", "day injector_id new_addresses total_addresses replies"},
    {"release",
     "floor licence citation attribution ruleset update_time first_day "
     "last_day probes networks domains"},
    {"verdict_day",
     "day scope country asn network_name domains sets probes consistent "
     "insufficient ambiguous filtered likely_poisoned poisoned down "
     "blocked update_time"},
    {"victim",
     "address owner_asn owner_name owner_country first_day last_day "
     "domains sample_domains networks replies serves"},
    {"vocabulary", "kind code word meaning"},
};

}  // namespace

std::span<const ViewColumns> PageColumns() { return kViewColumns; }

std::string WithColumns(std::string_view sql) {
  std::string text(sql);
  for (const ViewColumns& view : kViewColumns) {
    const std::string mark = "<" + std::string(view.view) + ">";
    for (std::size_t at = text.find(mark); at != text.npos;
         at = text.find(mark)) {
      std::string list;
      std::string_view rest = view.columns;
      while (!rest.empty()) {
        const std::size_t blank = std::min(rest.find(' '), rest.size());
        if (!list.empty()) list += ", ";
        list.append(view.view).append(".").append(rest.substr(0, blank));
        rest.remove_prefix(std::min(blank + 1, rest.size()));
      }
      text.replace(at, mark.size(), list);
    }
  }
  return text;
}

}  // namespace taster::serve
