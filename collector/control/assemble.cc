// SPDX-License-Identifier: Apache-2.0
#include "collector/control/assemble.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "collector/control/services.h"
#include "collector/dissect/dissect.h"
#include "collector/judge/check.h"
#include "proto/net/bytes_of.h"

namespace taster::control {
namespace {

// What the network answered for a name; nullptr: nothing is known of it.
std::shared_ptr<const judge::NameContext> Elsewhere(
    const NameContexts* contexts, const judge::Network& network,
    const std::string& qname) {
  if (contexts == nullptr) return nullptr;
  const auto names = contexts->find(network);
  if (names == contexts->end()) return nullptr;
  const auto context = names->second.find(qname);
  return context == names->second.end() ? nullptr : context->second;
}

}  // namespace

judge::Asked Redissect(const store::MeasurementRow& row) {
  judge::Asked asked = row.asked;
  // A query that is none was refused on arrival.
  if (!dissect::DissectQuery(net::BytesOf(row.query), &asked)) return asked;
  for (std::size_t i = 0; i < row.messages.size(); ++i) {
    const judge::Observation& stored = row.asked.replies[i];
    asked.replies[i] = dissect::Dissect(net::BytesOf(row.messages[i]),
                                        {.offset = stored.arrival_offset,
                                         .source = stored.source,
                                         .ip_ttl = stored.ip_ttl,
                                         .dont_fragment = stored.dont_fragment,
                                         .ip_id_zero = stored.ip_id_zero},
                                        asked);
  }
  return asked;
}

judge::Case Assemble(std::vector<judge::Asked> asked,
                     const Background& background, const Setting& setting) {
  for (judge::Asked& each : asked) {
    const std::string qname = each.qname.ToText();
    ControlBook::Found found = background.book.Look(qname, each.qtype);
    each.control = background.book.proofs().Authenticate(
        qname, each.qtype, setting.day, std::move(found.of_type));
    each.name_control = std::move(found.of_name);
    each.elsewhere = Elsewhere(background.contexts, setting.network, qname);
    if (judge::IsCheck(each)) {
      each.service.redirect_domain = RedirectDomain(each);
    }
  }
  std::vector<judge::EndpointCheck> endpoints = EndpointsOf(asked);
  return {.asked = std::move(asked),
          .network = setting.network,
          .endpoints = std::move(endpoints),
          .date = setting.day,
          .reference = &background.reference};
}

judge::Case Assemble(const store::StoredSet& set,
                     const Background& background) {
  std::vector<judge::Asked> asked;
  asked.reserve(set.measurements.size());
  for (const store::MeasurementRow& row : set.measurements) {
    asked.push_back(Redissect(row));
  }
  return Assemble(std::move(asked), background, {set.network, DayOf(set)});
}

std::chrono::sys_days DayOf(const store::StoredSet& set) {
  return std::chrono::floor<std::chrono::days>(
      set.measurements.front().query_time);
}

}  // namespace taster::control
