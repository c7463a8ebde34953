// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/roll_up.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "collector/cli/log.h"
#include "collector/reference/day.h"
#include "collector/store/published_names.h"

namespace taster::cli {
namespace {

using std::chrono::microseconds;

constexpr std::chrono::seconds kInterval{5};
constexpr int kRestPerWork = 4;
// Today, and one of those that wait.
constexpr int kMostDays = 2;

void Warn(std::string_view event, const absl::Status& status) {
  LogLine(event).Add("error", std::string(status.message())).Warning();
}

// Of today there would be a line every few seconds.
void LogClosedDay(const store::RollUpStep& step) {
  const auto today =
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  if (!step.day || *step.day >= today) return;
  LogLine("rolled_up")
      .Add("day", reference::DayText(*step.day))
      .Add("changed_rows", step.changed)
      .Add("seconds", std::chrono::duration<double>(step.took).count())
      .Info();
}

}  // namespace

RollUp::RollUp(std::string connection, const reference::Networks* networks)
    : connection_(std::move(connection)),
      networks_(networks),
      second_level_(connection_),
      thread_([this] { Run(); }) {}

RollUp::~RollUp() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void RollUp::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const microseconds worked = Work();
    lock.lock();
    const auto pause = std::max<microseconds>(kInterval, kRestPerWork * worked);
    wake_.wait_for(lock, pause, [this] { return stopping_; });
  }
}

microseconds RollUp::Work() {
  const auto steps = second_level_.DoDue(kMostDays);
  if (!steps.ok()) {
    Warn("roll_up_failed", steps.status());
    return microseconds{0};
  }
  microseconds worked{0};
  for (const store::RollUpStep& step : *steps) {
    worked += step.took;
    LogClosedDay(step);
    if (step.step != "sum_up") continue;
    const auto named = store::NamePublished(connection_, *networks_);
    if (!named.ok()) Warn("naming_failed", named.status());
  }
  return worked;
}

absl::Status StartRollUp(const Database& database, int floor,
                         const reference::Networks* networks,
                         std::unique_ptr<RollUp>* roll_up) {
  const auto connection = database.Connection("taster_judge");
  if (!connection.ok()) return connection.status();
  if (floor > 0) {
    const auto set = store::SecondLevel(*connection).SetFloor(floor);
    if (!set.ok()) return set;
  }
  *roll_up = std::make_unique<RollUp>(*connection, networks);
  return absl::OkStatus();
}

}  // namespace taster::cli
