// SPDX-License-Identifier: Apache-2.0
#include "collector/control/demand.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace taster::control {
namespace {

using std::chrono::seconds;
using store::Time;

constexpr std::size_t kMaxTypes = 4;
constexpr std::size_t kMaxNetworks = 4;
// A control that was not heard of for so long does not count as one that could
// answer.
constexpr seconds kSilent{300};

template <typename T>
void KeepNew(const std::vector<T>& from, std::size_t most,
             std::vector<T>* into) {
  for (const T& value : from) {
    if (into->size() >= most) return;
    if (std::ranges::find(*into, value) == into->end()) into->push_back(value);
  }
}

}  // namespace

seconds Demand::Backoff(int tries) const {
  const int doublings = std::clamp(tries - 1, 0, 8);
  return std::min(limits_.ceiling, limits_.floor * (1 << doublings));
}

bool Demand::TakesShare(std::int64_t vantage, Time now) {
  const auto today = std::chrono::floor<std::chrono::days>(now);
  Share& share = shares_[vantage];
  if (share.day != today) share = {today, 0};
  if (share.names >= limits_.names_a_vantage) return false;
  ++share.names;
  return true;
}

// The least recently wished tenth of what nobody waits for.
void Demand::MakeRoom() {
  std::vector<Time> wished;
  for (const auto& [qname, entry] : entries_) {
    if (!urgent_.contains(qname)) wished.push_back(entry.wished);
  }
  if (wished.empty()) return;
  const auto tenth = wished.begin() + std::ssize(wished) / 10;
  std::ranges::nth_element(wished, tenth);
  const Time last = *tenth;
  absl::erase_if(entries_, [&](const auto& one) {
    return one.second.wished <= last && !urgent_.contains(one.first);
  });
}

Demand::Entry* Demand::Find(const Wish& wish, std::int64_t vantage, Time now) {
  const auto at = entries_.find(wish.qname);
  if (at != entries_.end()) return &at->second;
  if (entries_.size() >= limits_.names) MakeRoom();
  if (entries_.size() >= limits_.names || !TakesShare(vantage, now)) {
    ++refused_;
    return nullptr;
  }
  return &entries_[wish.qname];
}

void Demand::Reopen(Time now, Entry* entry) const {
  if (entry->reopened != Time::min() && now - entry->reopened < limits_.floor) {
    return;
  }
  entry->reopened = now;
  for (TypeState& type : entry->types) {
    for (Held& held : type.held) {
      if (held.answered) held.until = std::min(held.until, now);
    }
  }
}

void Demand::Merge(const Wish& wish, std::uint32_t asn, Time now,
                   Entry* entry) {
  entry->wished = std::max(entry->wished, now);
  for (const std::uint16_t qtype : wish.qtypes) {
    if (entry->types.size() >= kMaxTypes) break;
    if (std::ranges::find(entry->types, qtype, &TypeState::qtype) ==
        entry->types.end()) {
      entry->types.push_back({.qtype = qtype, .held = {}});
    }
  }
  if (wish.open_sets == 0) return;
  entry->waiting += wish.open_sets;
  urgent_.insert(wish.qname);
  KeepNew(wish.suspects, kMaxSuspects, &entry->suspects);
  if (asn == 0) return;
  const auto before = entry->networks.size();
  KeepNew({asn}, kMaxNetworks, &entry->networks);
  if (entry->networks.size() > before) Reopen(now, entry);
}

void Demand::Add(const Wishes& wishes, Time now) {
  for (const Wish& wish : wishes.names) {
    Entry* entry = Find(wish, wishes.vantage_id, now);
    if (entry != nullptr) Merge(wish, wishes.asn, now, entry);
  }
}

void Demand::AddStanding(const std::string& qname,
                         const std::vector<std::uint16_t>& qtypes) {
  Entry& entry = entries_[qname];
  entry.standing = true;
  for (const std::uint16_t qtype : qtypes) {
    entry.types.push_back({.qtype = qtype, .held = {}});
  }
  urgent_.insert(qname);
}

bool Demand::IsTrusted(const Held& held, Time now) const {
  return held.until > now && (held.answered || held.leased) &&
         !distrusted_.contains(held.control);
}

void Demand::SettleOne(const ControlSaw& saw, std::int64_t control, Time now,
                       Entry* entry) const {
  auto type =
      std::ranges::find(entry->types, saw.name.qtype, &TypeState::qtype);
  if (type == entry->types.end()) {
    if (entry->types.size() >= kMaxTypes) return;
    entry->types.push_back({.qtype = saw.name.qtype, .held = {}});
    type = entry->types.end() - 1;
  }
  auto held = std::ranges::find(type->held, control, &Held::control);
  if (held == type->held.end()) {
    type->held.push_back({.control = control, .until = {}});
    held = type->held.end() - 1;
  }
  const bool leased = std::exchange(held->leased, false);
  held->answered = saw.answered;
  if (!saw.answered) {
    // A lease has counted its try already.
    if (!leased && held->tries < 255) ++held->tries;
    held->until = now + Backoff(held->tries);
    return;
  }
  held->tries = 0;
  const seconds fresh(saw.rr_ttl.value_or(0));
  held->until = now + std::clamp(fresh, limits_.floor, limits_.ceiling);
}

std::uint32_t Demand::Enough(Time now) const {
  std::uint32_t able = 0;
  for (const auto& [control, time] : heard_) {
    const bool is_able =
        now - time <= kSilent && !distrusted_.contains(control);
    able += is_able ? 1 : 0;
  }
  return std::clamp(able, 1u, limits_.enough);
}

bool Demand::IsSettled(const Entry& entry, Time now) const {
  const std::uint32_t enough = Enough(now);
  return std::ranges::all_of(entry.types, [&](const TypeState& type) {
    const auto fresh = std::ranges::count_if(type.held, [&](const Held& held) {
      return held.answered && IsTrusted(held, now);
    });
    return fresh >= static_cast<std::ptrdiff_t>(enough);
  });
}

void Demand::Settle(std::int64_t control, const std::vector<ControlSaw>& seen,
                    Time now) {
  heard_[control] = now;
  for (const ControlSaw& saw : seen) {
    auto at = entries_.find(saw.name.qname);
    if (at == entries_.end()) {
      if (entries_.size() >= limits_.names) continue;
      at = entries_.try_emplace(saw.name.qname).first;
    }
    Entry& entry = at->second;
    SettleOne(saw, control, now, &entry);
    if (!IsSettled(entry, now)) continue;
    entry.waiting = 0;
    entry.networks.clear();
    entry.suspects.clear();
    if (!entry.standing) urgent_.erase(saw.name.qname);
  }
}

void Demand::Distrust(std::set<std::int64_t> controls) {
  distrusted_ = std::move(controls);
  looked_.clear();  // What was settled by them is not any more.
}

std::size_t Demand::waiting() const {
  std::size_t names = 0;
  for (const std::string& qname : urgent_) {
    names += entries_.at(qname).waiting > 0 ? 1u : 0u;
  }
  return names;
}

}  // namespace taster::control
