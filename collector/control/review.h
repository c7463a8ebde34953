// SPDX-License-Identifier: Apache-2.0
// Judges stored evidence by today's rules and says what becomes of it.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "collector/control/control_book.h"
#include "collector/control/knowledge.h"
#include "collector/judge/network.h"
#include "collector/judge/verdict.h"
#include "collector/store/evidence_reader.h"

namespace taster::control {

// Class before, class now.
using ClassChange = std::pair<judge::Class, judge::Class>;
using ClassChanges = std::map<ClassChange, std::uint64_t>;

// One name in one network on one UTC day of measuring.
struct ReviewedCell {
  std::chrono::sys_days day;
  judge::Network network;
  std::string qname;
  friend auto operator<=>(const ReviewedCell&, const ReviewedCell&) = default;
};

struct CellChange {
  ClassChanges sets;                   // Also those that keep their class.
  std::set<std::string> newly_fired;   // Rules that fire where they did not,
  std::set<std::string> fire_no_more;  // and the other way round.
  store::SetKey witness;               // One of the sets.
};

struct Review {
  std::uint64_t days = 0;
  std::uint64_t sets = 0;
  std::uint64_t measurements = 0;
  // Sets of which class, mechanism, injector or rules that fired differ.
  std::uint64_t changed_sets = 0;
  ClassChanges classes;                      // Only what is another class.
  std::map<ReviewedCell, CellChange> cells;  // Changed ones.
};

struct ReviewOptions {
  std::string connection;  // libpq connection string, role taster_judge.
  std::string ruleset{};   // As WriterOptions::ruleset.
  std::chrono::sys_days since{};
  std::chrono::sys_days until{};  // Included.
  std::string qname{};            // Only this target; empty: all.
  bool dry_run = false;           // Replace nothing.
  std::function<store::Time()> now{};
  // Told now and then how far it is; may be empty.
  std::function<void(const Review&, std::chrono::sys_days)> on_progress{};
};

// Streams the evidence of each day once. Changed sets' verdicts are replaced as
// it goes on; after an error those that were stay replaced, and the same again
// does the rest.
absl::StatusOr<Review> ReviewEvidence(const ReviewOptions& options,
                                      const ControlBook& book,
                                      const Knowledge& knowledge);

}  // namespace taster::control
