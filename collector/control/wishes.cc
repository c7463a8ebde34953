// SPDX-License-Identifier: Apache-2.0
#include "collector/control/wishes.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "collector/judge/check.h"
#include "collector/judge/special_purpose.h"
#include "collector/store/batch_rows.h"
#include "proto/dns/constants.h"

namespace taster::control {
namespace {

constexpr std::array kTypes = {dns::kTypeA, dns::kTypeAaaa, dns::kTypeHttps};

bool HasComparedType(const judge::Asked& asked) {
  return asked.qclass == dns::kClassIn &&
         std::ranges::find(kTypes, asked.qtype) != kTypes.end();
}

// Whether a control that asks the same learns what this one can be held
// against.
bool CanBeCompared(const judge::Asked& asked) {
  const bool of_plan = asked.role == judge::QuestionRole::kTarget ||
                       asked.role == judge::QuestionRole::kControlName ||
                       asked.role == judge::QuestionRole::kNameServer;
  return of_plan && HasComparedType(asked);
}

// What the judge made of the sets.
struct Judgement {
  std::set<std::uint32_t> judged;
  std::set<std::uint32_t> open;
  std::set<std::uint32_t> cleared;
};

Judgement JudgementOf(const store::JudgedBatch& batch) {
  Judgement found;
  const store::AskedByOrdinal asked = store::ByOrdinal(batch.measurements);
  for (const store::SetRow& row : batch.sets) {
    found.judged.insert(row.set);
    if (store::IsOpen(row.verdict, asked)) found.open.insert(row.set);
    if (row.verdict.verdict == judge::Class::kConsistent) {
      found.cleared.insert(row.set);
    }
  }
  return found;
}

void AddSuspects(const judge::Asked& asked,
                 std::vector<net::IpAddress>* suspects) {
  if (asked.role != judge::QuestionRole::kTarget) return;
  for (const judge::Observation& reply : asked.replies) {
    if (reply.fit != judge::Fit::kMatches) continue;
    for (const judge::AnsweredAddress& each : reply.addresses) {
      if (suspects->size() == kMaxSuspects) return;
      if (judge::IsNull(each.address) ||
          std::ranges::find(*suspects, each.address) != suspects->end()) {
        continue;
      }
      suspects->push_back(each.address);
    }
  }
}

template <typename T>
void InsertSorted(const T& value, std::vector<T>* sorted) {
  const auto at = std::ranges::lower_bound(*sorted, value);
  if (at == sorted->end() || *at != value) sorted->insert(at, value);
}

}  // namespace

Wishes FindWishes(const store::JudgedBatch& batch, std::uint32_t asn) {
  const Judgement found = JudgementOf(batch);
  std::map<std::string, Wish> names;
  std::set<std::pair<std::string, std::uint32_t>> counted;
  for (const store::MeasurementRow& row : batch.measurements) {
    if (!found.judged.contains(row.set) || !CanBeCompared(row.asked)) continue;
    std::string qname = row.asked.qname.ToText();
    Wish& wish = names[qname];
    wish.qname = qname;
    InsertSorted(row.asked.qtype, &wish.qtypes);
    if (found.open.contains(row.set) &&
        counted.emplace(std::move(qname), row.set).second) {
      ++wish.open_sets;
    }
    if (!found.cleared.contains(row.set)) {
      AddSuspects(row.asked, &wish.suspects);
    }
  }
  Wishes wishes{.vantage_id = batch.vantage_id, .asn = asn, .names = {}};
  for (auto& [qname, wish] : names) wishes.names.push_back(std::move(wish));
  return wishes;
}

std::vector<ControlSaw> FindSeen(const store::JudgedBatch& batch) {
  std::map<NameType, ControlSaw> seen;
  for (const store::MeasurementRow& row : batch.measurements) {
    const judge::Asked& asked = row.asked;
    if (judge::IsCheck(asked) || !HasComparedType(asked) ||
        asked.server_kind == judge::ServerKind::kCanary) {
      continue;
    }
    NameType name{asked.qname.ToText(), asked.qtype};
    ControlSaw& saw = seen[name];
    saw.name = std::move(name);
    if (ControlRows(row, batch.vantage_id).empty()) continue;
    saw.answered = true;
    for (const judge::Observation& reply : asked.replies) {
      if (reply.fit != judge::Fit::kMatches || !reply.rr_ttl) continue;
      saw.rr_ttl = std::max(saw.rr_ttl.value_or(0), *reply.rr_ttl);
    }
  }
  std::vector<ControlSaw> all;
  for (auto& [name, saw] : seen) all.push_back(std::move(saw));
  return all;
}

}  // namespace taster::control
