// SPDX-License-Identifier: Apache-2.0
#include "collector/control/health.h"

#include <algorithm>
#include <utility>

#include "collector/reference/registrable_domain.h"

namespace taster::control {
namespace {

using Kind = ControlAnswer::Kind;
using store::Time;

bool Share(const std::vector<std::uint32_t>& one,
           const std::vector<std::uint32_t>& other) {
  return std::ranges::any_of(one, [&](std::uint32_t owner) {
    return std::ranges::binary_search(other, owner);
  });
}

template <typename T>
void InsertSorted(const T& value, std::vector<T>* sorted) {
  const auto at = std::ranges::lower_bound(*sorted, value);
  if (at == sorted->end() || *at != value) sorted->insert(at, value);
}

std::string Of(std::uint32_t part, std::uint32_t whole) {
  return std::to_string(part) + " of " + std::to_string(whole) + " names";
}

}  // namespace

void Health::Restore(std::int64_t control, const ControlHealth& was,
                     Time last_answer) {
  controls_[control] = {.was = was, .answered = last_answer, .leased = {}};
}

// One that is new has not been silent yet.
Health::Control& Health::Heard(std::int64_t control, Time now) {
  const auto [at, is_new] = controls_.try_emplace(control);
  if (is_new) at->second.answered = now;
  return at->second;
}

void Health::Keep(std::int64_t control, const ControlAnswer& answer, Time now) {
  auto at = said_.find(answer.name);
  if (at == said_.end()) {
    if (said_.size() >= limits_.kept) {
      said_.erase(order_.front());
      order_.pop_front();
    }
    at = said_.try_emplace(answer.name).first;
    order_.push_back(answer.name);
  }
  auto mine = std::ranges::find(at->second, control, &Said::control);
  if (mine == at->second.end()) {
    at->second.push_back({.control = control, .time = now, .owners = {}});
    mine = at->second.end() - 1;
  }
  mine->time = now;
  mine->kind = answer.kind;
  mine->of_pool = answer.of_pool;
  mine->owners = answer.owners;
  const auto known = canaries_.find(answer.name.qname);
  mine->as_known =
      known != canaries_.end() && !answer.addresses.empty() &&
      std::ranges::all_of(answer.addresses, [&](const auto& address) {
        return std::ranges::find(known->second, address) != known->second.end();
      });
}

void Health::Observe(std::int64_t control,
                     const std::vector<ControlAnswer>& answers, Time now) {
  Control& known = Heard(control, now);
  for (const ControlAnswer& answer : answers) {
    Keep(control, answer, now);
    if (answer.kind == Kind::kFailed) continue;
    known.answered = now;
    known.leased.reset();
  }
}

void Health::Leased(std::int64_t control, Time now) {
  Control& known = Heard(control, now);
  if (!known.leased) known.leased = now;
}

bool Health::Lies(std::int64_t control) const {
  const auto known = controls_.find(control);
  return known != controls_.end() && known->second.was.lies();
}

// What one control said of a name, among what others did.
void Health::CompareOne(const Said& mine, const std::vector<Said>& said,
                        Tally* tally) const {
  std::uint32_t answered = 0;   // Others that did, whatever it was.
  std::uint32_t resolving = 0;  // Others that gave addresses.
  std::uint32_t alike = 0;      // Those of an owner that mine has too.
  std::uint32_t clean = 0;      // Others whose addresses are of no pool.
  for (const Said& other : said) {
    if (other.control == mine.control || other.kind == Kind::kFailed ||
        Lies(other.control)) {
      continue;
    }
    ++answered;
    if (other.kind != Kind::kAddresses) continue;
    ++resolving;
    alike += Share(mine.owners, other.owners) ? 1 : 0;
    clean += other.of_pool ? 0 : 1;
  }
  if (clean > 0) tally->alone = false;
  if (answered == 0) return;
  ControlHealth& health = tally->health;
  ++health.names;
  bool against = false;
  if (mine.kind == Kind::kFailed) {
    ++health.failures;
  } else if (mine.kind == Kind::kWithheld && resolving > 0) {
    against = true;
    ++tally->withheld;
  } else if (mine.kind == Kind::kNxdomain && resolving > 0) {
    ++health.disagreements;
    // Of two that contradict each other at a name, either may be wrong.
    against = resolving > 1;
    ++(against ? tally->withheld : tally->denied);
  } else if (mine.kind == Kind::kAddresses && mine.of_pool && clean > alike) {
    against = true;
    ++tally->forged;
  } else if (mine.kind == Kind::kAddresses && resolving > 0) {
    tally->right += mine.of_pool ? 0 : 1;
    // As networks that answer by place do.
    health.disagreements += alike == 0 ? 1 : 0;
  }
  if (!against) return;
  if (mine.kind != Kind::kNxdomain) ++health.disagreements;
  health.suspect_time =
      std::min(health.suspect_time.value_or(mine.time), mine.time);
}

void Health::CompareCanary(const std::vector<Said>& said,
                           Tallies* tallies) const {
  // Where several answered and none is as the operator says, the operator's
  // list is older than the name.
  const bool believed =
      said.size() == 1 || std::ranges::any_of(said, &Said::as_known);
  if (!believed) return;
  for (const Said& mine : said) {
    Tally& tally = (*tallies)[mine.control];
    if (mine.kind == Kind::kFailed) continue;
    if (mine.as_known) {
      ++tally.canaries_right;
      continue;
    }
    ++(mine.kind == Kind::kAddresses ? tally.canaries_forged
                                     : tally.canaries_withheld);
    auto& suspect = tally.health.suspect_time;
    suspect = std::min(suspect.value_or(mine.time), mine.time);
  }
}

void Health::Compare(const NameType& name, const std::vector<Said>& said,
                     Tallies* tallies) const {
  for (const Said& mine : said) {
    Tally& tally = (*tallies)[mine.control];
    ++tally.asked;
    CompareOne(mine, said, &tally);
    if (!mine.of_pool) continue;
    InsertSorted(reference::RegistrableDomainOf(name.qname),
                 &tally.pool_domains);
    for (const std::uint32_t owner : mine.owners) {
      InsertSorted(owner, &tally.pool_owners);
    }
  }
  // An absence of IPv6 is no news of a canary whose IPv4 addresses are known.
  const auto known = canaries_.find(name.qname);
  if (known == canaries_.end()) return;
  const bool of_family =
      std::ranges::any_of(known->second, [&](const net::IpAddress& address) {
        return address.is_v4() == (name.qtype == 1);
      });
  if (of_family) CompareCanary(said, tallies);
}

ControlHealth Health::Conclude(const Control& control, Tally tally,
                               Time now) const {
  ControlHealth health = std::move(tally.health);
  const std::uint32_t canaries = std::min<std::uint32_t>(
      limits_.canaries, static_cast<std::uint32_t>(canaries_.size()));
  const bool by_canaries = canaries > 0;
  const std::uint32_t list =
      std::max(limits_.names, health.names / 1000 * limits_.per_mille);
  if (by_canaries && tally.canaries_forged >= canaries) {
    health.state = ControlState::kPoisoned;
    health.reason = std::to_string(tally.canaries_forged) +
                    " canary names have other addresses here";
  } else if (tally.forged >= list) {
    health.state = ControlState::kPoisoned;
    health.reason = Of(tally.forged, health.names) +
                    " lead to addresses of forgers that no other control sees";
  } else if (tally.alone && tally.pool_domains.size() >= limits_.lone_domains &&
             tally.pool_owners.size() >= limits_.lone_owners) {
    health.state = ControlState::kPoisoned;
    health.reason = std::to_string(tally.pool_domains.size()) +
                    " domains lead to addresses of forgers, of " +
                    std::to_string(tally.pool_owners.size()) + " owners";
  } else if (by_canaries && tally.canaries_withheld >= canaries) {
    health.state = ControlState::kFiltered;
    health.reason = std::to_string(tally.canaries_withheld) +
                    " canary names are withheld here";
  } else if (tally.withheld >= list || tally.denied >= limits_.denied) {
    health.state = ControlState::kFiltered;
    health.reason = Of(tally.withheld + tally.denied, health.names) +
                    " are withheld here and resolve elsewhere";
  } else if (control.was.lies() && tally.right < limits_.names &&
             tally.canaries_right == 0) {
    // It has not shown yet that it is well again.
    return control.was;
  } else if (control.leased && now - *control.leased > limits_.unanswered) {
    health.state = ControlState::kFailing;
    health.reason = "takes names to ask for and answers none";
  } else if (health.names >= limits_.failing_names &&
             health.failures * 100 > health.names * limits_.failing_percent) {
    health.state = ControlState::kFailing;
    health.reason =
        Of(health.failures, health.names) + " that others answer fail here";
  } else if (now - control.answered > limits_.stale) {
    health.state = ControlState::kStale;
    health.reason = "no answer for a day";
  } else {
    health.suspect_time.reset();
  }
  return health;
}

std::map<std::int64_t, ControlHealth> Health::Assess(Time now) {
  Tallies tallies;
  while (!order_.empty()) {
    const auto oldest = said_.find(order_.front());
    const bool fresh = std::ranges::any_of(
        oldest->second,
        [&](const Said& one) { return now - one.time <= limits_.memory; });
    if (fresh) break;
    said_.erase(oldest);
    order_.pop_front();
  }
  for (auto& [name, said] : said_) {
    std::erase_if(
        said, [&](const Said& one) { return now - one.time > limits_.memory; });
    Compare(name, said, &tallies);
  }
  std::map<std::int64_t, ControlHealth> assessed;
  for (auto& [id, control] : controls_) {
    control.was = Conclude(control, std::move(tallies[id]), now);
    assessed[id] = control.was;
  }
  return assessed;
}

}  // namespace taster::control
