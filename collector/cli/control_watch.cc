// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/control_watch.h"

#include <chrono>
#include <utility>

#include "collector/cli/clock.h"
#include "collector/cli/log.h"
#include "collector/store/control_health.h"
#include "collector/store/reference_store.h"

namespace taster::cli {
namespace {

constexpr auto kSettle = std::chrono::seconds(1);
constexpr auto kInterval = std::chrono::minutes(1);
// Verdicts of batches of so many days may rest on what was not to be believed.
constexpr std::chrono::days kJudgeAgain{2};

store::ControlHealthRow RowOf(std::int64_t control,
                              const control::ControlHealth& health) {
  return {.vantage_id = control,
          .state = health.state,
          .since = Now(),
          .suspect_time = health.suspect_time,
          .reason = health.reason,
          .names = health.names,
          .failures = health.failures,
          .disagreements = health.disagreements};
}

void LogState(std::int64_t control, const control::ControlHealth& health) {
  LogLine line("control_state");
  line.Add("control", control)
      .Add("state", store::ToString(health.state))
      .Add("vote", health.has_vote() ? "yes" : "no")
      .Add("names", std::int64_t{health.names})
      .Add("failures", std::int64_t{health.failures})
      .Add("disagreements", std::int64_t{health.disagreements});
  if (!health.reason.empty()) line.Add("reason", health.reason);
  health.has_vote() ? line.Info() : line.Warning();
}

}  // namespace

ControlWatch::ControlWatch(WatchEdges edges, control::Canaries canaries)
    : edges_(std::move(edges)),
      health_(std::move(canaries)),
      thread_([this] { Run(); }) {}

ControlWatch::~ControlWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

absl::Status ControlWatch::Restore() {
  const auto rows = store::LoadControlHealth(edges_.connection);
  if (!rows.ok()) return rows.status();
  const std::lock_guard lock(mutex_);
  for (const store::ControlHealthRow& row : *rows) {
    const control::ControlHealth was{.state = row.state,
                                     .reason = row.reason,
                                     .suspect_time = row.suspect_time};
    health_.Restore(row.vantage_id, was, row.last_time.value_or(row.since));
    assessed_[row.vantage_id] = was;
    if (was.lies()) distrusted_.insert(row.vantage_id);
  }
  edges_.desk->Distrust(distrusted_);
  return absl::OkStatus();
}

void ControlWatch::Stored(std::int64_t control,
                          const std::vector<control::ControlAnswer>& answers,
                          const std::vector<store::ControlRow>& rows) {
  std::vector<control::NameType> grown;
  {
    const std::lock_guard lock(mutex_);
    health_.Observe(control, answers, Now());
    news_ = true;
    const auto known = assessed_.find(control);
    const bool votes = known == assessed_.end() || known->second.has_vote();
    if (votes && !rows.empty()) {
      grown = edges_.book->Learn(rows);
      if (rebuilding_) {
        meanwhile_.insert(meanwhile_.end(), rows.begin(), rows.end());
      }
    }
  }
  wake_.notify_all();
  if (!grown.empty()) edges_.rejudger->Grown(grown);
}

void ControlWatch::Leased(std::int64_t control) {
  const std::lock_guard lock(mutex_);
  health_.Leased(control, Now());
}

std::set<std::int64_t> ControlWatch::Note(const Assessed& assessed) {
  std::set<std::int64_t> lying;
  for (const auto& [control, health] : assessed) {
    const auto before = assessed_.find(control);
    const bool same =
        before != assessed_.end() && before->second.state == health.state;
    const bool first = before == assessed_.end() &&
                       health.state == control::ControlState::kHealthy;
    if (!same && !first) LogState(control, health);
    changed_ |= !same;
    if (health.lies()) lying.insert(control);
  }
  assessed_ = assessed;
  return lying;
}

absl::Status ControlWatch::Rebuild() {
  {
    const std::lock_guard lock(mutex_);
    rebuilding_ = true;
    meanwhile_.clear();
  }
  const auto rows = store::LoadControlAnswers(edges_.connection);
  std::vector<control::NameType> changed;
  {
    const std::lock_guard lock(mutex_);
    rebuilding_ = false;
    if (!rows.ok()) return rows.status();
    changed = edges_.book->Replace(*rows);
    edges_.book->Learn(meanwhile_);
  }
  std::set<std::string> names;
  for (const control::NameType& name : changed) names.insert(name.qname);
  LogLine("book_rebuilt")
      .Add("changed_names", static_cast<std::int64_t>(names.size()))
      .Info();
  const auto today = std::chrono::floor<std::chrono::days>(Now());
  edges_.rejudger->Relearned({names.begin(), names.end()}, today - kJudgeAgain);
  return absl::OkStatus();
}

absl::Status ControlWatch::Round() {
  std::vector<store::ControlHealthRow> rows;
  std::set<std::int64_t> lying;
  bool rebuild = false;
  {
    const std::lock_guard lock(mutex_);
    news_ = false;
    const Assessed assessed = health_.Assess(Now());
    lying = Note(assessed);
    rebuild = lying != distrusted_;
    const auto now = Clock::now();
    if (changed_ || rebuild || now - recorded_ >= kInterval) {
      for (const auto& [control, health] : assessed) {
        rows.push_back(RowOf(control, health));
      }
      recorded_ = now;
      changed_ = false;
    }
  }
  if (absl::Status status = store::RecordControlHealth(edges_.connection, rows);
      !status.ok()) {
    const std::lock_guard lock(mutex_);
    changed_ = true;
    return status;
  }
  if (!rebuild) return absl::OkStatus();
  edges_.desk->Distrust(lying);
  if (absl::Status status = Rebuild(); !status.ok()) return status;
  const std::lock_guard lock(mutex_);
  distrusted_ = std::move(lying);
  return absl::OkStatus();
}

void ControlWatch::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait_for(lock, kInterval, [this] { return stopping_ || news_; });
    wake_.wait_for(lock, kSettle, [this] { return stopping_; });
    if (stopping_) break;
    lock.unlock();
    const absl::Status status = Round();
    if (!status.ok()) {
      LogLine("control_watch_failed")
          .Add("error", std::string(status.message()))
          .Warning();
    }
    lock.lock();
  }
}

}  // namespace taster::cli
