// SPDX-License-Identifier: Apache-2.0
#include "collector/control/control_answer.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "collector/judge/check.h"
#include "collector/judge/mechanism.h"
#include "collector/judge/special_purpose.h"
#include "proto/dns/constants.h"
#include "proto/dns/message_reader.h"
#include "proto/net/bytes_of.h"

namespace taster::control {
namespace {

using Kind = ControlAnswer::Kind;

constexpr std::uint16_t kClientSubnet = 8;  // RFC 7871 section 6.
constexpr net::IpPrefix kLoopback{net::IpAddress::FromV4(0x7f000000), 8};

// Whether an option of the query names a network.
bool AsksForOthers(const std::string& query) {
  dns::MessageReader reader(net::BytesOf(query));
  if (reader.defect() != dns::Defect::kNone) return false;
  while (reader.NextQuestion()) {
  }
  while (const auto record = reader.NextRecord()) {
    if (record->type != dns::kTypeOpt) continue;
    std::span<const std::uint8_t> left = record->rdata;
    while (left.size() >= 4) {
      const auto code = static_cast<std::uint16_t>(left[0] << 8 | left[1]);
      const auto size = static_cast<std::size_t>(left[2] << 8 | left[3]);
      if (code == kClientSubnet) return true;
      left = left.subspan(std::min(left.size(), size + 4));
    }
  }
  return false;
}

bool IsWithheld(const net::IpAddress& address,
                const judge::Reference& reference) {
  if (judge::IsNull(address) || kLoopback.Contains(address)) return true;
  const auto listed = reference.listed.find(address);
  return listed != reference.listed.end() &&
         std::ranges::any_of(
             listed->second, [](const judge::ListedAnswer& one) {
               return one.mechanism != judge::Mechanism::kSafeSearch;
             });
}

template <typename T>
void InsertSorted(const T& value, std::vector<T>* sorted) {
  const auto at = std::ranges::lower_bound(*sorted, value);
  if (at == sorted->end() || *at != value) sorted->insert(at, value);
}

Kind KindOf(const judge::Observation& reply, std::uint16_t qtype,
            const judge::Reference& reference) {
  if (reply.defect != 0 || reply.Has(dns::kFlagTc)) return Kind::kFailed;
  if (reply.rcode == dns::kRcodeNxDomain) return Kind::kNxdomain;
  if (reply.rcode != dns::kRcodeNoError) return Kind::kFailed;
  bool has_address = false;
  for (const judge::AnsweredAddress& each : reply.addresses) {
    if (IsWithheld(each.address, reference)) return Kind::kWithheld;
    has_address |= each.type == qtype;
  }
  return has_address ? Kind::kAddresses : Kind::kNodata;
}

void Merge(const judge::Asked& asked, std::chrono::sys_days day,
           const judge::Reference& reference, ControlAnswer* answer) {
  for (const judge::Observation& reply : asked.replies) {
    if (reply.fit != judge::Fit::kMatches) continue;
    const Kind kind = KindOf(reply, asked.qtype, reference);
    answer->kind = std::max(answer->kind, kind);
    if (kind != Kind::kAddresses) continue;
    for (const judge::AnsweredAddress& each : reply.addresses) {
      if (each.type != asked.qtype) continue;
      InsertSorted(each.address, &answer->addresses);
      if (const auto owner = reference.origin_as.Find(each.address)) {
        InsertSorted(*owner, &answer->owners);
      }
      answer->of_pool |= reference.FindForged(each.address, day) != nullptr;
    }
  }
}

}  // namespace

std::vector<ControlAnswer> FindAnswers(const store::JudgedBatch& batch,
                                       const judge::Reference& reference) {
  const auto day = std::chrono::floor<std::chrono::days>(batch.receive_time);
  std::map<NameType, ControlAnswer> answers;
  for (const store::MeasurementRow& row : batch.measurements) {
    const judge::Asked& asked = row.asked;
    const bool of_addresses =
        asked.qtype == dns::kTypeA || asked.qtype == dns::kTypeAaaa;
    if (judge::IsCheck(asked) || asked.qclass != dns::kClassIn ||
        asked.server_kind == judge::ServerKind::kCanary || !of_addresses ||
        asked.role == judge::QuestionRole::kIdentity ||
        AsksForOthers(row.query)) {
      continue;
    }
    NameType name{asked.qname.ToText(), asked.qtype};
    ControlAnswer& answer = answers[name];
    answer.name = std::move(name);
    Merge(asked, day, reference, &answer);
  }
  std::vector<ControlAnswer> all;
  for (auto& [name, answer] : answers) all.push_back(std::move(answer));
  return all;
}

}  // namespace taster::control
