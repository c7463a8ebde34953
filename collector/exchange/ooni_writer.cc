// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/ooni_writer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "collector/exchange/ooni_answers.h"
#include "collector/exchange/ooni_engine.h"
#include "collector/exchange/ooni_failure.h"
#include "collector/exchange/ooni_own_keys.h"
#include "collector/exchange/ooni_verdict.h"
#include "collector/judge/check.h"
#include "proto/dns/presentation.h"

namespace taster::exchange {
namespace {

using judge::Asked;
using judge::Observation;
using std::chrono::sys_seconds;

std::string TimeToText(sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u %02ld:%02ld:%02ld",
                static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()),
                static_cast<long>(clock.hours().count()),
                static_cast<long>(clock.minutes().count()),
                static_cast<long>(clock.seconds().count()));
  return text;
}

// df-002 has host names without the root's dot.
std::string HostName(const dns::Name& name) {
  std::string text = name.ToText();
  if (text.size() > 1) text.pop_back();
  return text;
}

OrderedJson VerdictOf(const Asked& asked,
                      const judge::MeasurementVerdict& verdict) {
  OrderedJson replies = OrderedJson::array();
  for (const judge::ReplyVerdict& reply : verdict.replies) {
    OrderedJson rules = OrderedJson::array();
    for (const judge::Finding& finding : reply.fired) {
      rules.push_back(finding.rule->id);
    }
    replies.push_back({{"class", judge::ToString(reply.verdict)},
                       {"mechanism", judge::ToString(reply.mechanism)},
                       {"injector", reply.injector},
                       {"rules", std::move(rules)}});
  }
  const std::string_view outcome = OoniOutcome(asked, verdict);
  return {{"class", judge::ToString(verdict.verdict)},
          {"mechanism", judge::ToString(verdict.mechanism)},
          {"injector", verdict.injector},
          {"outcome",
           outcome.empty() ? OrderedJson(nullptr) : OrderedJson(outcome)},
          {"ruleset", judge::RulesetVersion()},
          {"replies", std::move(replies)}};
}

// The fields of df-002-dnst. `reply` is nullptr where none came.
OrderedJson QueryOf(const Record& record, std::size_t transaction,
                    const Observation* reply) {
  const Asked& asked = record.asked;
  const bool with_bytes = !record.messages.empty();
  OrderedJson query = {
      {"answers",
       reply == nullptr ? OrderedJson(nullptr) : WriteAnswers(*reply)},
      {"engine", EngineWord(asked, with_bytes || !record.query.empty())},
      {"failure", nullptr},
      {"hostname", HostName(asked.qname)},
      {"query_type", dns::TypeToText(asked.qtype)},
      {"resolver_hostname", nullptr},
      {"resolver_port", nullptr},
      {"resolver_address", asked.server ? OrderedJson(asked.server->ToString())
                                        : OrderedJson(nullptr)},
      {"transaction_id", transaction}};
  if (const auto failure = FailureOf(asked, reply)) query["failure"] = *failure;
  return query;
}

void AddReply(const Record& record, std::size_t index, double t0,
              OrderedJson* query) {
  const Observation& reply = record.asked.replies[index];
  const bool with_bytes =
      !record.messages.empty() && !record.messages[index].empty();
  if (with_bytes) {
    (*query)["raw_response"] = ToBase64(record.messages[index]);
    (*query)["rcode"] = reply.rcode;
  }
  (*query)["t0"] = t0;
  (*query)["t"] = t0 + static_cast<double>(reply.arrival_offset.count()) / 1e6;
  (*query)["x_taster_reply"] = WriteOwnReply(reply, with_bytes);
}

struct Lists {
  OrderedJson queries = OrderedJson::array();
  OrderedJson late = OrderedJson::array();
  OrderedJson handshakes = OrderedJson::array();
};

// The fields of df-006-tlshandshake, beside those of a query that tell whose
// address was checked.
void AddCheck(const JudgedRecord& judged, double t0, Lists* lists) {
  const Record& record = *judged.record;
  const Asked& asked = record.asked;
  OrderedJson check = QueryOf(record, lists->handshakes.size() + 1, nullptr);
  check["address"] = check["resolver_address"];
  check["server_name"] = HostName(asked.server_name);
  check["no_tls_verify"] = false;
  check["t0"] = t0;
  check["t"] = t0;
  check["x_taster_asked"] = WriteOwnAsked(record);
  if (judged.verdict != nullptr) {
    check["x_taster_verdict"] = VerdictOf(asked, *judged.verdict);
  }
  lists->handshakes.push_back(std::move(check));
}

void AddRecord(const JudgedRecord& judged, sys_seconds start, Lists* lists) {
  const Record& record = *judged.record;
  const auto& replies = record.asked.replies;
  const auto t0 = static_cast<double>((record.time - start).count());
  if (judge::IsCheck(record.asked)) return AddCheck(judged, t0, lists);
  const std::size_t transaction = lists->queries.size() + 1;
  OrderedJson query =
      QueryOf(record, transaction, replies.empty() ? nullptr : &replies[0]);
  if (replies.empty()) {
    query["t0"] = t0;
    query["t"] = t0;
  } else {
    AddReply(record, 0, t0, &query);
  }
  query["x_taster_asked"] = WriteOwnAsked(record);
  if (judged.verdict != nullptr) {
    query["x_taster_verdict"] = VerdictOf(record.asked, *judged.verdict);
  }
  lists->queries.push_back(std::move(query));
  for (std::size_t i = 1; i < replies.size(); ++i) {
    OrderedJson late = QueryOf(record, transaction, &replies[i]);
    AddReply(record, i, t0, &late);
    lists->late.push_back(std::move(late));
  }
}

bool BelongTogether(std::span<const JudgedRecord> records) {
  return std::ranges::all_of(records, [&](const JudgedRecord& judged) {
    const Record& first = *records.front().record;
    return judged.record->role == first.role &&
           judged.record->set == first.set &&
           judged.record->network == first.network;
  });
}

OrderedJson Envelope(const Record& first, const std::string& start) {
  const std::string& country = first.network.country;
  return {
      {"annotations", OrderedJson::object()},
      {"data_format_version", "0.2.0"},
      {"extensions", {{"dnst", 0}, {"tlshandshake", 0}}},
      {"input", HostName(first.asked.qname)},
      {"measurement_start_time", start},
      {"probe_asn", "AS" + std::to_string(first.network.asn)},
      {"probe_cc", country.empty() ? "ZZ" : country},
      {"probe_ip", "127.0.0.1"},
      {"report_id", ""},
      {"software_name", "taster-collector"},
      {"software_version", TASTER_VERSION},
      {"test_name", "taster"},
      {"test_runtime", 0.0},
      {"test_start_time", start},
      {"test_version", TASTER_VERSION},
      {"x_taster_role", first.role == Role::kControl ? "control" : "probe"}};
}

}  // namespace

absl::StatusOr<std::string> OoniLine(std::span<const JudgedRecord> records) {
  if (records.empty() || !BelongTogether(records)) {
    return absl::InvalidArgumentError(
        "a measurement has records of one role, set and network");
  }
  sys_seconds start = records.front().record->time;
  for (const JudgedRecord& judged : records) {
    start = std::min(start, judged.record->time);
  }
  Lists lists;
  for (const JudgedRecord& judged : records) AddRecord(judged, start, &lists);
  OrderedJson line = Envelope(*records.front().record, TimeToText(start));
  line["test_keys"] = {{"queries", std::move(lists.queries)},
                       {"x_dns_duplicate_responses", std::move(lists.late)},
                       {"tls_handshakes", std::move(lists.handshakes)}};
  return line.dump(-1, ' ', true, OrderedJson::error_handler_t::replace);
}

}  // namespace taster::exchange
