// SPDX-License-Identifier: Apache-2.0
// From a control probe's replies to what they say of a name.
#include <algorithm>
#include <optional>

#include "collector/control/control_book.h"
#include "collector/control/services.h"
#include "collector/judge/special_purpose.h"
#include "proto/dns/constants.h"

namespace taster::control {
namespace {

// What one reply says. Addresses sorted and distinct; empty unless kAddress.
struct Answer {
  store::ControlRow::Kind kind = store::ControlRow::Kind::kAddress;
  std::vector<net::IpAddress> addresses;

  friend bool operator==(const Answer&, const Answer&) = default;
};

// nullopt when the reply says nothing of the name: malformed, cut short, an
// error of the server, or an answer that holds no address of the type asked.
std::optional<Answer> Read(const judge::Asked& asked,
                           const judge::Observation& reply) {
  using Kind = store::ControlRow::Kind;
  if (reply.defect != 0 || reply.Has(dns::kFlagTc)) return std::nullopt;
  if (reply.rcode == dns::kRcodeNxDomain) return Answer{Kind::kNxdomain, {}};
  if (reply.rcode != dns::kRcodeNoError) return std::nullopt;
  Answer answer;
  for (const judge::AnsweredAddress& each : reply.addresses) {
    // A control that is refused the name itself has not seen it.
    if (judge::IsNull(each.address)) return std::nullopt;
    if (each.type == asked.qtype) answer.addresses.push_back(each.address);
  }
  if (!answer.addresses.empty()) {
    std::ranges::sort(answer.addresses);
    const auto repeated = std::ranges::unique(answer.addresses);
    answer.addresses.erase(repeated.begin(), repeated.end());
    return answer;
  }
  // A chain of aliases that ends in nothing is NODATA too (RFC 2308 section
  // 2.2); records of other sorts are an answer that cannot be compared.
  if (!reply.addresses.empty() || reply.other_records > 0) return std::nullopt;
  return Answer{Kind::kNodata, {}};
}

// What all replies agree on. An honest path gives one reply to one query; more
// than one, unless they are alike, means that somebody forges here too.
std::optional<Answer> ReadAll(const judge::Asked& asked) {
  std::optional<Answer> agreed;
  for (const judge::Observation& reply : asked.replies) {
    if (reply.fit != judge::Fit::kMatches) continue;
    std::optional<Answer> answer = Read(asked, reply);
    if (!answer || (agreed && *agreed != *answer)) return std::nullopt;
    agreed = std::move(answer);
  }
  return agreed;
}

}  // namespace

std::vector<store::ControlRow> ControlRows(const store::MeasurementRow& row,
                                           std::int64_t vantage_id) {
  const judge::Asked& asked = row.asked;
  // Nothing answers at a canary but a forger; keys of zones prove what is
  // answered, and are no answer.
  if (asked.server_kind == judge::ServerKind::kCanary ||
      asked.qclass != dns::kClassIn ||
      asked.role == judge::QuestionRole::kProof) {
    return {};
  }
  if (auto check = CheckRow(row, vantage_id)) return {*std::move(check)};
  const std::optional<Answer> answer = ReadAll(asked);
  if (!answer) return {};
  store::ControlRow control{.qname = asked.qname.ToText(),
                            .qtype = asked.qtype,
                            .kind = answer->kind,
                            .address = std::nullopt,
                            .vantage_id = vantage_id,
                            .seen_time = row.query_time};
  if (answer->kind != store::ControlRow::Kind::kAddress) return {control};
  std::vector<store::ControlRow> rows;
  for (const net::IpAddress& address : answer->addresses) {
    control.address = address;
    rows.push_back(control);
  }
  return rows;
}

}  // namespace taster::control
