// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/tracing.h"

#include <algorithm>
#include <map>
#include <string>

#include "collector/judge/explain.h"
#include "collector/judge/hop.h"
#include "collector/judge/special_purpose.h"

namespace taster::ingest {
namespace {

bool IsStep(const judge::Asked& asked) {
  return asked.role == judge::QuestionRole::kTrace ||
         asked.role == judge::QuestionRole::kTraceControlName;
}

judge::Origin OriginOf(const judge::ReplyVerdict& reply) {
  if (judge::AccusesForger(reply.verdict)) return judge::Origin::kForged;
  return reply.verdict == judge::Class::kConsistent ? judge::Origin::kGenuine
                                                    : judge::Origin::kUnknown;
}

// Anyone can send Time Exceeded: a router's name is for people. An address of
// zeros is one that the probe keeps to itself.
constexpr std::uint8_t kTimeExceededV4 = 11;
constexpr std::uint8_t kTimeExceededV6 = 3;

bool NamesRouter(const store::IcmpErrorRow& error) {
  return error.type ==
             (error.offender.is_v4() ? kTimeExceededV4 : kTimeExceededV6) &&
         !judge::IsNull(error.offender);
}

// By the look of replies: how often each injector was named for it.
using NamesByLook = std::map<std::uint8_t, std::map<std::string, int>>;

judge::TraceTry ReadStep(const store::MeasurementRow& row,
                         const judge::MeasurementVerdict& verdict,
                         NamesByLook* names) {
  judge::TraceTry read = judge::ReadTry(row.asked, *row.query_ip_ttl);
  // The replies that match, in their order.
  std::size_t at = 0;
  for (std::size_t i = 0; i < row.asked.replies.size(); ++i) {
    if (row.asked.replies[i].fit != judge::Fit::kMatches) continue;
    if (at == read.replies.size()) break;
    judge::TraceReply& reply = read.replies[at++];
    reply.origin = OriginOf(verdict.replies[i]);
    const std::string& injector = verdict.replies[i].injector;
    if (!injector.empty()) ++(*names)[reply.look][injector];
  }
  for (const store::IcmpErrorRow& error : row.icmp_errors) {
    if (!read.router && NamesRouter(error)) read.router = error.offender;
  }
  return read;
}

std::string MostNamed(const NamesByLook& names, std::uint8_t look) {
  const auto found = names.find(look);
  if (found == names.end()) return {};
  return std::ranges::max_element(found->second, {},
                                  [](const auto& one) { return one.second; })
      ->first;
}

}  // namespace

bool IsTrace(const std::vector<const store::MeasurementRow*>& members) {
  return std::ranges::all_of(
      members, [](const auto* row) { return IsStep(row->asked); });
}

std::vector<store::TraceRow> ReadTrace(
    const std::vector<const store::MeasurementRow*>& members,
    const judge::Case& set, const judge::SetVerdict& verdict) {
  std::vector<judge::TraceTry> series;
  NamesByLook names;
  store::TraceRow common{.set = members.front()->set};
  for (std::size_t i = 0; i < members.size(); ++i) {
    const store::MeasurementRow& row = *members[i];
    if (!row.query_ip_ttl || *row.query_ip_ttl == 0) continue;
    series.push_back(ReadStep(row, verdict.measurements[i], &names));
    if (row.asked.role != judge::QuestionRole::kTrace) continue;
    common.qname = row.asked.qname.ToText();
    common.qtype = row.asked.qtype;
    common.server = row.asked.server;
  }
  const judge::TraceFinding found = judge::LocateInjectors(series);
  common.steps = static_cast<std::uint32_t>(series.size());
  common.server_hop = found.server;
  common.symmetric = found.symmetric;
  if (found.injectors.empty()) return {common};
  std::vector<store::TraceRow> rows;
  for (const judge::InjectorHop& injector : found.injectors) {
    store::TraceRow& row = rows.emplace_back(common);
    row.located = injector;
    row.injector = MostNamed(names, injector.look);
    row.router = judge::RouterAt(series, injector.likely);
    if (!row.router) continue;
    row.router_as = set.reference->origin_as.Find(*row.router).value_or(0);
  }
  return rows;
}

}  // namespace taster::ingest
