// SPDX-License-Identifier: Apache-2.0
// Which controls can be believed: each is held against names that an operator
// knows, and against the others.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "collector/control/control_answer.h"
#include "collector/store/control_health.h"
#include "collector/store/judged_batch.h"

namespace taster::control {

using store::ControlState;

struct HealthLimits {
  // Names at which a control differs before it is called filtered or poisoned.
  // One name may be broken, or answer by place; two may share a host; three
  // that others resolve and this one cannot are somebody's list.
  std::uint32_t names = 3;
  // And of many names this share at least: one in a thousand is broken anyway.
  std::uint32_t per_mille = 1;
  // The same where it says NXDOMAIN and just one other resolves: nobody invents
  // so many hosts.
  std::uint32_t denied = 10;
  // Canaries that are wrong at once; one may have moved overnight. Of a list of
  // one, that one.
  std::uint32_t canaries = 2;
  // A control that stands alone is called poisoned when it draws from forgers'
  // pools for so many domains, of so many owners: pools hold live hosts of one
  // owner with many domains, never of three with five.
  std::uint32_t lone_domains = 5;
  std::uint32_t lone_owners = 3;
  // Failures among names that others answer, in percent, and of how many: more
  // than every second question is no accident of a path.
  std::uint32_t failing_percent = 50;
  std::uint32_t failing_names = 10;
  // Without an answer for so long while it holds leases: five leases' time.
  std::chrono::seconds unanswered{300};
  // safety: a control older than a day says nothing of today.
  std::chrono::hours stale{24};
  // Answers are held against each other as long as this: the longest that one
  // is fresh, and as much again.
  std::chrono::hours memory{2};
  // Names and types kept; about 300 bytes each with three controls.
  std::size_t kept = 50'000;
};

// How one control does.
struct ControlHealth {
  ControlState state = ControlState::kHealthy;
  std::string reason{};  // For people: counts, never a name. Empty: healthy.
  // When it first gave what speaks against it; nullopt: nothing does.
  std::optional<store::Time> suspect_time{};
  std::uint32_t names = 0;          // That others answered too.
  std::uint32_t failures = 0;       // Of those.
  std::uint32_t disagreements = 0;  // Of those.

  // What it says from now on is believed.
  bool has_vote() const {
    return state == ControlState::kHealthy || state == ControlState::kStale;
  }
  // What it has said is not believed any more either.
  bool lies() const {
    return state == ControlState::kFiltered || state == ControlState::kPoisoned;
  }
  friend bool operator==(const ControlHealth&, const ControlHealth&) = default;
};

// What an operator knows of a name, whatever network asks.
using Canaries = std::map<std::string, std::vector<net::IpAddress>>;

// Not thread-safe; has no clock.
class Health {
 public:
  explicit Health(Canaries canaries = {}, HealthLimits limits = {})
      : canaries_(std::move(canaries)), limits_(limits) {}

  // How it was when the collector ended: it stays so until it has shown
  // otherwise.
  void Restore(std::int64_t control, const ControlHealth& was,
               store::Time last_answer);
  // A control's batch was stored.
  void Observe(std::int64_t control, const std::vector<ControlAnswer>& answers,
               store::Time now);
  // It was given names to ask for.
  void Leased(std::int64_t control, store::Time now);

  // Every control that was heard of.
  std::map<std::int64_t, ControlHealth> Assess(store::Time now);

  const Canaries& canaries() const { return canaries_; }

 private:
  struct Said {
    std::int64_t control = 0;
    store::Time time;
    ControlAnswer::Kind kind = ControlAnswer::Kind::kFailed;
    bool of_pool = false;
    bool as_known = false;  // Of a canary: all addresses are the operator's.
    std::vector<std::uint32_t> owners;
  };
  struct Control {
    ControlHealth was;
    store::Time answered;
    std::optional<store::Time> leased;  // First since it answered.
  };
  // What is counted for one control.
  struct Tally {
    ControlHealth health;
    std::uint32_t withheld = 0;
    std::uint32_t denied = 0;
    std::uint32_t right = 0;  // Names that it resolves, as others do.
    std::uint32_t forged = 0;
    std::uint32_t canaries_right = 0;
    std::uint32_t canaries_withheld = 0;
    std::uint32_t canaries_forged = 0;
    std::uint32_t asked = 0;
    std::vector<std::string> pool_domains;   // Sorted, distinct.
    std::vector<std::uint32_t> pool_owners;  // Likewise.
    bool alone = true;  // Nobody else has addresses that are no forger's.
  };
  using Tallies = std::map<std::int64_t, Tally>;

  Control& Heard(std::int64_t control, store::Time now);
  void Keep(std::int64_t control, const ControlAnswer& answer, store::Time now);
  void Compare(const NameType& name, const std::vector<Said>& said,
               Tallies* tallies) const;
  // So it was found before: it is no witness against others.
  bool Lies(std::int64_t control) const;
  void CompareOne(const Said& mine, const std::vector<Said>& said,
                  Tally* tally) const;
  void CompareCanary(const std::vector<Said>& said, Tallies* tallies) const;
  ControlHealth Conclude(const Control& control, Tally tally,
                         store::Time now) const;

  Canaries canaries_;
  HealthLimits limits_;
  std::map<std::int64_t, Control> controls_;
  std::map<NameType, std::vector<Said>> said_;
  std::deque<NameType> order_;  // Of `said_`, as entered.
};

}  // namespace taster::control
