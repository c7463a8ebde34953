// SPDX-License-Identifier: Apache-2.0
// `taster-collector learn`: finds forged pools in stored evidence, and sets
// pools aside that an operator does not believe.

#include <chrono>
#include <cstdio>
#include <string>

#include "collector/cli/clock.h"
#include "collector/cli/commands.h"
#include "collector/cli/exit_code.h"
#include "collector/cli/judging.h"
#include "collector/cli/learn_text.h"
#include "collector/control/learner.h"
#include "collector/reference/day.h"
#include "collector/store/learned_store.h"

namespace taster::cli {
namespace {

using std::chrono::sys_days;

absl::StatusOr<sys_days> DayOr(const std::string& text, const char* option,
                               sys_days otherwise) {
  if (text.empty()) return otherwise;
  const auto day = reference::ParseDay(text);
  if (day) return *day;
  return absl::InvalidArgumentError(std::string(option) + ": not a day");
}

absl::StatusOr<store::LearnedRows> Found(const std::string& connection,
                                         const LearnOptions& options) {
  const auto judging = LoadJudging(connection, options.networks);
  if (!judging.ok()) return judging.status();
  control::Learner learner({.connection = connection}, judging->book.get(),
                           &judging->networks, judging->base);
  const store::Time now = Now();
  if (options.since.empty() && options.until.empty()) {
    auto lesson = learner.Learn(now);
    if (!lesson.ok()) return lesson.status();
    return std::move(lesson->rows);
  }
  const auto today = std::chrono::floor<std::chrono::days>(now);
  const auto until = DayOr(options.until, "--until", today);
  if (!until.ok()) return until.status();
  const auto since =
      DayOr(options.since, "--since", *until - control::kLearnWindow);
  if (!since.ok()) return since.status();
  if (*until < *since) {
    return absl::InvalidArgumentError("--until lies before --since");
  }
  auto lesson = learner.Try(*since, *until, now);
  if (!lesson.ok()) return lesson.status();
  return std::move(lesson->rows);
}

}  // namespace

int Learn(const Settings& settings, const LearnOptions& options) {
  const auto connection = ConnectionFor(settings, "taster_judge");
  if (!connection.ok()) return Fail(connection.status());
  if (!options.restore.empty()) {
    const auto restored = store::RestorePool(*connection, options.restore);
    return restored.ok() ? kOk : Fail(restored);
  }
  if (!options.revoke.empty()) {
    const auto aside = store::RevokePool(*connection, options.revoke, Now());
    if (!aside.ok()) return Fail(aside.status());
    std::printf("revoked; to restore: learn --restore %s\n", aside->c_str());
    return kOk;
  }
  // Without owners nothing is learned, which would look like "nothing there",
  // and be stored as that.
  if (options.networks.empty()) {
    return Fail(absl::InvalidArgumentError(
        "learn: --networks is needed, with the tables that `serve` was given: "
        "what is learned rests on whose an address is"));
  }
  const auto rows = Found(*connection, options);
  if (!rows.ok()) return Fail(rows.status());
  const std::string text = options.json ? LearnJson(*rows) : LearnTable(*rows);
  std::fputs(text.c_str(), stdout);
  return kOk;
}

}  // namespace taster::cli
