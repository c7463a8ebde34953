// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "collector/cli/clock.h"
#include "collector/cli/explain_page.h"
#include "collector/explain/words.h"
#include "collector/judge/verdict.h"
#include "proto/dns/presentation.h"
#include "proto/envelope/sign.h"
#include "proto/net/bytes_of.h"

namespace taster::cli {
namespace {

using explain::ApplyAll;
using explain::FindAsked;
using explain::ToText;
using net::BytesOf;

using Json = nlohmann::ordered_json;

template <typename T>
Json OrNull(const std::optional<T>& value) {
  return value.has_value() ? Json(*value) : Json(nullptr);
}

double Milliseconds(std::chrono::microseconds offset) {
  return static_cast<double>(offset.count()) / 1000;
}

Json Verdicts(const Explained& explained) {
  Json list = Json::array();
  for (const store::StoredVerdict& verdict : explained.stored.verdicts) {
    Json fired = Json::array();
    for (const store::StoredFinding& finding : verdict.fired) {
      fired.push_back({{"rule", finding.rule_id},
                       {"subject", finding.subject},
                       {"reason", finding.reason}});
    }
    list.push_back({{"reply", verdict.reply},
                    {"class", judge::ToString(verdict.verdict)},
                    {"mechanism", judge::ToString(verdict.mechanism)},
                    {"injector", verdict.injector},
                    {"ruleset", verdict.ruleset},
                    {"fired", std::move(fired)}});
  }
  return list;
}

Json Findings(const judge::Subject& subject) {
  Json list = Json::array();
  for (const judge::Finding& finding : ApplyAll(subject)) {
    list.push_back({{"rule", finding.rule->id},
                    {"status", ToText(finding.status)},
                    {"strength", ToText(finding.rule->strength)},
                    {"citation", finding.rule->citation},
                    {"subject", finding.evidence.subject},
                    {"reason", finding.evidence.reason}});
  }
  return list;
}

Json Reply(const Explained& explained, std::size_t index) {
  const store::MeasurementRow& row = explained.stored.row;
  const judge::Observation& seen = row.asked.replies[index];
  Json reply = {{"offset_ms", Milliseconds(seen.arrival_offset)},
                {"source", seen.source.ToString()},
                {"ip_ttl", OrNull(seen.ip_ttl)},
                {"dont_fragment", OrNull(seen.dont_fragment)},
                {"ip_id_zero", OrNull(seen.ip_id_zero)},
                {"message", envelope::ToHex(BytesOf(row.messages[index]))},
                {"text", dns::MessageToText(BytesOf(row.messages[index]))}};
  const judge::Asked* asked = FindAsked(explained.set, explained.id.ordinal);
  if (asked != nullptr && index < asked->replies.size()) {
    const judge::Observation& dissected = asked->replies[index];
    reply["fit"] = ToText(dissected.fit);
    if (dissected.fit == judge::Fit::kMatches) {
      reply["findings"] = Findings({explained.set, *asked, dissected});
    }
  }
  return reply;
}

}  // namespace

std::string ExplainJson(const Explained& explained) {
  const store::MeasurementRow& row = explained.stored.row;
  const store::Vantage& vantage = explained.stored.vantage;
  Json replies = Json::array();
  for (std::size_t i = 0; i < row.messages.size(); ++i) {
    replies.push_back(Reply(explained, i));
  }
  const Json page = {
      {"format", "taster-explain/1"},
      {"id", ToText(explained.id)},
      {"country", vantage.enrolment.country},
      {"asn", vantage.enrolment.asn},
      {"query_time", TimeToText(row.query_time)},
      {"receive_time", TimeToText(explained.stored.receive_time)},
      {"qname", row.asked.qname.ToText()},
      {"qtype", dns::TypeToText(row.asked.qtype)},
      {"transport", ToText(row.asked.transport)},
      {"server",
       row.asked.server ? Json(row.asked.server->ToString()) : Json(nullptr)},
      {"server_kind", ToText(row.asked.server_kind)},
      {"outcome", ToText(row.asked.outcome)},
      {"query", envelope::ToHex(BytesOf(row.query))},
      {"story", StoryOf(explained)},
      {"verdicts", Verdicts(explained)},
      {"replies", std::move(replies)}};
  return page.dump(1) + "\n";
}

}  // namespace taster::cli
