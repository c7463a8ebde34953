// SPDX-License-Identifier: Apache-2.0
// What a control is to ask for next.
#include <algorithm>

#include "collector/control/demand.h"

namespace taster::control {
namespace {

using store::Time;

// Looking through everything is worth it once a second.
constexpr std::chrono::seconds kLookEvery{1};
// Leases in a row that a control may leave unanswered before it is asked less
// often for the name: it may not be allowed to ask for it.
constexpr int kPatience = 3;
constexpr std::int64_t kStandingFirst = std::int64_t{1} << 40;

}  // namespace

bool Demand::Needs(const TypeState& type, const Entry& entry,
                   std::int64_t control, Time now) const {
  std::uint32_t others = 0;
  for (const Held& held : type.held) {
    if (held.control != control) {
      others += IsTrusted(held, now) ? 1 : 0;
      continue;
    }
    Time until = held.until;
    if (held.leased && held.tries > kPatience) {
      until += Backoff(held.tries - kPatience);
    }
    if (until > now) return false;
  }
  return entry.standing || others < limits_.enough;
}

Demand::Rank Demand::RankOf(const Entry& entry) const {
  Time seen = Time::max();
  for (const TypeState& type : entry.types) {
    Time latest = Time::min();
    for (const Held& held : type.held) {
      if (held.answered) latest = std::max(latest, held.until);
    }
    seen = std::min(seen, latest);
  }
  return {entry.standing ? -kStandingFirst : -std::int64_t{entry.waiting},
          seen};
}

void Demand::Collect(const std::string& qname, Entry* entry,
                     std::int64_t control, Time now,
                     std::vector<Candidate>* found) const {
  const bool needed = std::ranges::any_of(
      entry->types,
      [&](const TypeState& type) { return Needs(type, *entry, control, now); });
  if (needed) found->push_back({RankOf(*entry), &qname, entry});
}

void Demand::Forget(Time now) {
  absl::erase_if(entries_, [&](const auto& one) {
    const Entry& entry = one.second;
    if (urgent_.contains(one.first)) return false;
    if (entry.wished > now - limits_.memory) return false;
    return std::ranges::none_of(entry.types, [now](const TypeState& type) {
      return std::ranges::any_of(
          type.held, [now](const Held& held) { return held.until > now; });
    });
  });
}

Demanded Demand::Lease(const Candidate& chosen, std::int64_t control,
                       Time now) const {
  Demanded demanded{.qname = *chosen.qname,
                    .qtypes = {},
                    .networks = chosen.entry->networks,
                    .suspects = chosen.entry->suspects};
  for (TypeState& type : chosen.entry->types) {
    if (!Needs(type, *chosen.entry, control, now)) continue;
    demanded.qtypes.push_back(type.qtype);
    auto held = std::ranges::find(type.held, control, &Held::control);
    if (held == type.held.end()) {
      type.held.push_back({.control = control, .until = {}});
      held = type.held.end() - 1;
    }
    held->until = now + limits_.lease;
    held->leased = true;
    held->answered = false;
    if (held->tries < 255) ++held->tries;
  }
  return demanded;
}

std::vector<Demanded> Demand::Take(std::int64_t control, std::size_t most,
                                   Time now) {
  heard_[control] = now;
  std::vector<Candidate> found;
  for (const std::string& qname : urgent_) {
    const auto at = entries_.find(qname);
    Collect(at->first, &at->second, control, now, &found);
  }
  Time& looked = looked_.try_emplace(control, Time::min()).first->second;
  const bool look =
      looked == Time::min() || looked > now || now - looked >= kLookEvery;
  if (found.size() < most && look) {
    looked = now;
    Forget(now);
    found.clear();
    for (auto& [qname, entry] : entries_) {
      const bool wished = entry.standing || entry.wished > now - limits_.memory;
      if (wished) Collect(qname, &entry, control, now, &found);
    }
  }
  const auto end = found.begin() + std::min(std::ssize(found),
                                            static_cast<std::ptrdiff_t>(most));
  std::ranges::partial_sort(found, end, {}, &Candidate::rank);
  std::vector<Demanded> taken;
  for (auto at = found.begin(); at != end; ++at) {
    taken.push_back(Lease(*at, control, now));
  }
  return taken;
}

}  // namespace taster::control
