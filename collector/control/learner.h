// SPDX-License-Identifier: Apache-2.0
// Learns forged pools from stored evidence, and keeps them stored.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "collector/control/control_book.h"
#include "collector/control/knowledge.h"
#include "collector/control/learned_rows.h"
#include "collector/control/victims.h"
#include "collector/learn/truth.h"
#include "collector/reference/networks.h"
#include "collector/store/learned_store.h"

namespace taster::control {

inline constexpr std::chrono::days kLearnWindow{14};

struct LearnerOptions {
  std::string connection;  // libpq connection string, role taster_judge.
  // How far back evidence is looked at.
  std::chrono::days window = kLearnWindow;
};

// What a round of learning came to.
struct Lesson {
  Knowledge knowledge;
  store::LearnedRows rows;
  // Names whose stored verdicts may be others now; sorted, distinct.
  std::vector<std::string> due;
  // Of them, verdicts of batch days from then on.
  std::chrono::sys_days due_since;
  std::size_t new_sets = 0;  // Question sets read in this round.
};

// Not thread-safe. Holds what the networks answered within the window, and
// reads only what has arrived since the last round; all of it again each day.
class Learner {
 public:
  // `book` and `networks` must outlive it. `base`: what is known beforehand,
  // without anything learned.
  Learner(LearnerOptions options, const ControlBook* book,
          const reference::Networks* networks,
          std::shared_ptr<const judge::Reference> base);

  // Reads, learns, stores. After an error the next round begins where this one
  // did.
  absl::StatusOr<Lesson> Learn(store::Time now);

  // Learns from evidence of these days alone and stores nothing.
  absl::StatusOr<Lesson> Try(std::chrono::sys_days since,
                             std::chrono::sys_days until, store::Time now);

  // Learns nothing: what is stored as learned, and what networks answered for
  // this one name within these days.
  absl::StatusOr<Knowledge> Recall(const std::string& qname,
                                   std::chrono::sys_days since,
                                   std::chrono::sys_days until);

  // Makes Learn, wherever it is, end soon with Cancelled. Thread-safe.
  void Stop() { stopping_ = true; }

 private:
  struct Span {
    std::chrono::sys_days since;
    std::chrono::sys_days until;
    std::string qname{};  // Only of this target; empty: all.
    std::optional<store::Time> received_since{};
  };
  absl::Status Read(const Span& span, Lesson* lesson);
  // The same, and nothing but that.
  absl::Status ReadOnly(const Span& span, Lesson* lesson);
  absl::Status ReadNews(store::Time now, Lesson* lesson);
  learn::Truth TruthNow() const;
  std::vector<LearnedIn> LearnAll(const learn::Truth& truth) const;
  // `stored`: for what is revoked or older than the evidence at hand.
  void Conclude(const store::LearnedRows& stored, std::chrono::sys_days since,
                store::Time now, Lesson* lesson) const;
  std::shared_ptr<const NameContexts> ContextsFor(
      const learn::Truth& truth, const judge::Reference& reference) const;
  std::vector<std::string> FindDue(const store::LearnedRows& before,
                                   const Lesson& lesson) const;

  const LearnerOptions options_;
  const ControlBook* book_;
  const reference::Networks* networks_;
  const std::shared_ptr<const judge::Reference> base_;
  std::atomic<bool> stopping_ = false;
  SightingsByNetwork sightings_;
  std::optional<store::Time> read_to_;
  std::optional<std::chrono::sys_days> window_since_;
  std::optional<store::LearnedRows> last_rows_;
  Knowledge last_;
};

}  // namespace taster::control
