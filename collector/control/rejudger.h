// SPDX-License-Identifier: Apache-2.0
// Judges stored sets again when the free Internet has said more.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "collector/control/awaited_sets.h"
#include "collector/control/control_book.h"
#include "collector/control/knowledge.h"
#include "collector/control/rejudge_queue.h"
#include "collector/store/evidence_reader.h"
#include "collector/store/verdict_store.h"

namespace taster::control {

struct RejudgerOptions {
  std::string connection;  // libpq connection string, role taster_judge.
  std::string ruleset{};   // As WriterOptions::ruleset.
  // How long to wait for more before starting.
  std::chrono::milliseconds settle{200};
  std::function<store::Time()> now{};  // For judge_time.
  // Told each time something failed and will be tried again; may be empty.
  std::function<void(const absl::Status&)> on_error{};
};

// Owns one thread and its connections. At start it looks at every open set
// whose name a control knows, so that nothing is lost with the process; then
// at the names it is told of. What fails is tried again, with backoff, until it
// works.
class Rejudger {
 public:
  // `book` and `shelf` must outlive it.
  Rejudger(RejudgerOptions options, const ControlBook* book,
           const KnowledgeShelf* shelf);
  // Ends after the chunk in hand; the next start finds the rest.
  ~Rejudger();

  // What ControlBook::Learn returned.
  void Grown(const std::vector<NameType>& names) { queue_.AddGrown(names); }
  // A batch that was stored: from FindAwaited, after COMMIT.
  void Stored(const AwaitedSets& awaited) { queue_.AddStored(awaited); }

  // What was learned has changed: all sets of these targets of batch days from
  // `closed_since` on are due, not only open ones.
  void Relearned(const std::vector<std::string>& targets,
                 std::chrono::sys_days closed_since);

  // Names that are still to be judged again.
  std::size_t pending() const { return queue_.pending(); }
  // Nothing is pending, and the look at start is done.
  bool Idle() const { return swept_ && queue_.pending() == 0; }
  // Waits for that; false when `patience` ran out before.
  bool AwaitIdle(std::chrono::milliseconds patience);

  // Sets judged again so far, and sets that the store refused for what they
  // hold (they keep their verdict).
  std::uint64_t rejudged() const { return rejudged_; }
  std::uint64_t refused() const { return refused_; }

 private:
  void Run();
  // Calls `work` until it succeeds; false when closed before.
  bool Persist(const std::function<absl::Status()>& work);
  absl::Status Sweep();
  absl::Status RejudgeNames(const std::vector<std::string>& qnames);
  absl::Status RejudgeRelearned(const std::vector<std::string>& qnames);
  // In pages, from the first key on.
  absl::Status RejudgePages(store::OpenSetQuery query);
  absl::Status RejudgeSets(const std::vector<store::StoredSet>& sets);
  // Splits what the store refuses, until only the set to blame is left out.
  absl::Status Replace(const std::vector<store::Rejudged>& judged);

  const RejudgerOptions options_;
  const ControlBook* book_;
  const KnowledgeShelf* shelf_;
  store::VerdictStore verdicts_;
  RejudgeQueue queue_;
  mutable std::mutex relearned_mutex_;
  std::map<std::string, std::chrono::sys_days> relearned_;  // Guarded by it.
  std::optional<store::SetKey> swept_to_;                   // Only the thread.
  std::atomic<bool> swept_{false};
  std::atomic<std::uint64_t> rejudged_{0};
  std::atomic<std::uint64_t> refused_{0};
  std::thread thread_;  // Last: it uses everything above.
};

}  // namespace taster::control
