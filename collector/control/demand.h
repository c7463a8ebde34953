// SPDX-License-Identifier: Apache-2.0
// Which names lack a fresh answer from free networks, and who is to ask.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "collector/control/wishes.h"
#include "collector/store/judged_batch.h"

namespace taster::control {

struct DemandLimits {
  // Names kept, of whatever types; about 300 bytes each.
  std::size_t names = 250'000;
  // How long an answer is fresh: its TTL, but at least and at most this. Below,
  // a zone with short TTLs would eat a control's whole rate; above, a change of
  // hosts would go unseen for longer than a page shows as "now".
  std::chrono::seconds floor{300};
  std::chrono::seconds ceiling{3600};
  // A control that has not answered by then has died, or was cut off.
  std::chrono::seconds lease{60};
  // Controls that are to answer for each name: one that lies must be outvoted.
  std::uint32_t enough = 3;
  // Names that nobody has measured for so long are forgotten.
  std::chrono::hours memory{24};
  // New names of one vantage point on one UTC day: no target list is longer.
  std::uint32_t names_a_vantage = 20'000;
};

// A name to ask for.
struct Demanded {
  std::string qname;                    // Name::ToText().
  std::vector<std::uint16_t> qtypes;    // At least one.
  std::vector<std::uint32_t> networks;  // AS that wait for it, a few.
  std::vector<net::IpAddress> suspects;

  friend bool operator==(const Demanded&, const Demanded&) = default;
};

// Not thread-safe; has no clock. Time may stand still and jump.
class Demand {
 public:
  explicit Demand(DemandLimits limits = {}) : limits_(limits) {}

  // Volunteers measured these.
  void Add(const Wishes& wishes, store::Time now);
  // An operator's own name, which every control is asked for again and again.
  void AddStanding(const std::string& qname,
                   const std::vector<std::uint16_t>& qtypes);
  // A control's batch was stored.
  void Settle(std::int64_t control, const std::vector<ControlSaw>& seen,
              store::Time now);

  // What `control` is to ask for, at most `most` names, the most useful first:
  // standing ones; then those that open sets wait for, the more sets the
  // sooner; then those whose answers are the oldest. It has them to itself
  // until the lease ends.
  std::vector<Demanded> Take(std::int64_t control, std::size_t most,
                             store::Time now);

  // The answers of these are not counted any more; they are asked as ever, so
  // that it shows when they are well again.
  void Distrust(std::set<std::int64_t> controls);

  const DemandLimits& limits() const { return limits_; }
  std::size_t names() const { return entries_.size(); }
  // Names that open sets wait for.
  std::size_t waiting() const;
  // Wishes that there was no room for, and those beyond a vantage point's
  // share.
  std::uint64_t refused() const { return refused_; }

 private:
  // What one control did for one name and type.
  struct Held {
    std::int64_t control = 0;
    store::Time until;  // Leave it alone until then.
    bool leased = false;
    bool answered = false;
    std::uint8_t tries = 0;  // Leases since it last answered.
  };
  struct TypeState {
    std::uint16_t qtype = 0;
    std::vector<Held> held;
  };
  struct Entry {
    std::uint32_t waiting = 0;  // Open sets.
    bool standing = false;
    store::Time wished = store::Time::min();
    store::Time reopened = store::Time::min();
    absl::InlinedVector<TypeState, 2> types;
    std::vector<std::uint32_t> networks;
    std::vector<net::IpAddress> suspects;
  };
  using Entries = absl::flat_hash_map<std::string, Entry>;
  struct Share {
    std::chrono::sys_days day;
    std::uint32_t names = 0;
  };
  // What sorts first is more useful.
  struct Rank {
    std::int64_t open = 0;  // Minus the sets that wait.
    store::Time seen;       // When the oldest answer was fresh last.
    friend auto operator<=>(const Rank&, const Rank&) = default;
  };
  struct Candidate {
    Rank rank;
    const std::string* qname;
    Entry* entry;
  };

  // Doubles with every try beyond the first.
  std::chrono::seconds Backoff(int tries) const;
  Entry* Find(const Wish& wish, std::int64_t vantage, store::Time now);
  bool TakesShare(std::int64_t vantage, store::Time now);
  void MakeRoom();
  void Forget(store::Time now);
  void Merge(const Wish& wish, std::uint32_t asn, store::Time now,
             Entry* entry);
  // A network that nobody has asked for yet needs answers of its own.
  void Reopen(store::Time now, Entry* entry) const;
  bool IsTrusted(const Held& held, store::Time now) const;
  bool Needs(const TypeState& type, const Entry& entry, std::int64_t control,
             store::Time now) const;
  Rank RankOf(const Entry& entry) const;
  void Collect(const std::string& qname, Entry* entry, std::int64_t control,
               store::Time now, std::vector<Candidate>* found) const;
  Demanded Lease(const Candidate& chosen, std::int64_t control,
                 store::Time now) const;
  void SettleOne(const ControlSaw& saw, std::int64_t control, store::Time now,
                 Entry* entry) const;
  bool IsSettled(const Entry& entry, store::Time now) const;
  std::uint32_t Enough(store::Time now) const;

  const DemandLimits limits_;
  Entries entries_;
  // Of `entries_`: standing, or with sets that wait.
  absl::flat_hash_set<std::string> urgent_;
  absl::flat_hash_map<std::int64_t, Share> shares_;
  // When each control was last heard of, and last looked through everything.
  absl::flat_hash_map<std::int64_t, store::Time> heard_;
  absl::flat_hash_map<std::int64_t, store::Time> looked_;
  std::set<std::int64_t> distrusted_;
  std::uint64_t refused_ = 0;
};

}  // namespace taster::control
