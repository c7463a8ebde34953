// SPDX-License-Identifier: Apache-2.0
// Asks as much as pace, engine and spool allow, and looks after the rest.
#include "probe/cli/sweep_run.h"

#include <algorithm>

#include "probe/cli/interrupt.h"

namespace taster::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Signals are noticed at least this often.
constexpr milliseconds kLongestTurn{50};
constexpr milliseconds kBeat{50};
constexpr seconds kSaveEvery{5};
constexpr seconds kCheckEvery{30};
// A spool that stays full for so long: the collector is out of reach.
constexpr seconds kRoomPatience{60};
constexpr int kChecksBefore = 5;
constexpr milliseconds kBetweenChecks{100};
// Bounds on memory: open queries take about 60 bytes each, names that are
// being recorded about 2 KiB.
constexpr std::size_t kMostOpen = 1 << 18;
constexpr std::size_t kMostRecording = 4096;
// Queries between two turns of the engine.
constexpr std::size_t kMostAtOnce = 2048;
// So many queries in a row that cannot leave: the network is gone.
constexpr std::uint64_t kMostUnsent = 256;

}  // namespace

SweepRun::SweepRun(const SweepQuestions& what, double rate,
                   const SweepCounts& before, const Parts& parts)
    : what_(what),
      parts_(parts),
      pace_(rate, Clock::now()),
      duration_before_(before.duration),
      begun_(Clock::now()) {
  question_.shape = what_.shape;
  question_.server_kind = capture::ServerKind::kCanary;
}

SweepCounts SweepRun::counts() const {
  SweepCounts counts = parts_.witness->counts();
  const auto asked_for = asking_ ? Clock::now() - begun_ : asked_for_;
  counts.duration =
      duration_before_ + std::chrono::floor<milliseconds>(asked_for);
  return counts;
}

absl::Status SweepRun::Stopped() const {
  if (const auto& noisy = parts_.witness->noisy()) {
    return absl::PermissionDeniedError(
        noisy->ToString() + " is not silent: it answers for the control name");
  }
  if (parts_.witness->unsent_streak() >= kMostUnsent) {
    return absl::ResourceExhaustedError("the network takes no queries");
  }
  if (full_since_ && Clock::now() - *full_since_ >= kRoomPatience) {
    return absl::ResourceExhaustedError("the spool is full");
  }
  return absl::OkStatus();
}

absl::Status SweepRun::Turn(milliseconds patience) {
  auto status = parts_.capture->Run(patience);
  if (status.ok()) status = Beat();
  return status.ok() ? Stopped() : status;
}

absl::Status SweepRun::Beat() {
  const auto now = Clock::now();
  if (now < next_beat_) return absl::OkStatus();
  next_beat_ = now + kBeat;
  auto status = parts_.recorder->Tick(now);
  const bool full = absl::IsResourceExhausted(status) || parts_.spool_full();
  if (!status.ok() && !absl::IsResourceExhausted(status)) return status;
  if (!full) {
    full_since_.reset();
  } else if (!full_since_) {
    full_since_ = now;
  }
  parts_.progress->Show(parts_.witness->counts(), parts_.source->bytes(),
                        parts_.source->total_bytes());
  if (!asking_) return absl::OkStatus();
  if (now >= next_check_) {
    parts_.witness->AddChecks();
    next_check_ = now + kCheckEvery;
  }
  if (!parts_.save) return absl::OkStatus();
  // What was over then is in a batch that has been recorded since.
  if (status.ok() && unsaved_ && now - unsaved_->first > kSweepBatchAge) {
    status = parts_.save(unsaved_->second);
    unsaved_.reset();
    next_save_ = now + kSaveEvery;
  }
  const bool any = parts_.witness->counts().entries > 0;
  if (!unsaved_ && any && now >= next_save_) unsaved_.emplace(now, counts());
  return status.ok() || full ? absl::OkStatus() : status;
}

std::size_t SweepRun::AskControls(std::size_t room) {
  std::size_t asked = 0;
  capture::Token token = 0;
  while (asked < room) {
    const auto question = parts_.witness->NextControl(&token);
    if (!question) break;
    if (!parts_.capture->Ask(*question, token)) {
      parts_.witness->WithdrawControl(token);
      break;
    }
    ++asked;
  }
  return asked;
}

bool SweepRun::AskPending(std::size_t* asked) {
  const auto canaries = what_.canaries.size();
  for (; pending_ > 0; --pending_, ++*asked) {
    const auto canary = canaries - pending_;
    question_.server = what_.canaries[canary];
    if (!parts_.capture->Ask(question_,
                             SweepWitness::TokenOf(token_, canary))) {
      return false;
    }
  }
  return true;
}

absl::StatusOr<std::size_t> SweepRun::AskSome(std::size_t room) {
  waiting_ = false;
  std::size_t asked = AskControls(room);
  // A list of bad names must not keep the engine waiting.
  for (std::size_t read = 0;
       asked < room && read < kMostAtOnce && AskPending(&asked); ++read) {
    const auto next = parts_.source->Read();
    if (!next.ok()) return next.status();
    if (*next == NameSource::Next::kBad) {
      parts_.witness->NoteBad(parts_.source->why());
      continue;
    }
    ended_ = *next == NameSource::Next::kEnd;
    waiting_ = *next == NameSource::Next::kWait;
    if (ended_ || waiting_) break;
    question_.qname = parts_.source->name();
    token_ = parts_.witness->ExpectName(question_.qname);
    pending_ = what_.canaries.size();
  }
  return asked;
}

std::size_t SweepRun::Room() {
  const auto open = parts_.capture->open_queries();
  if (full_since_ || open >= kMostOpen ||
      parts_.witness->recording() >= kMostRecording) {
    return 0;
  }
  return std::min({pace_.Allowed(Clock::now()), kMostAtOnce, kMostOpen - open});
}

absl::Status SweepRun::CheckSilence() {
  for (int i = 0; i < kChecksBefore && !Finishing(); ++i) {
    parts_.witness->AddChecks();
    AskControls(what_.canaries.size());
    const auto until = Clock::now() + kBetweenChecks;
    while (Clock::now() < until) {
      if (auto status = Turn(milliseconds(10)); !status.ok()) return status;
    }
  }
  while (!parts_.witness->controls_over() && !Aborting()) {
    AskControls(what_.canaries.size());
    if (auto status = Turn(kLongestTurn); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status SweepRun::AskAll() {
  begun_ = Clock::now();
  next_check_ = begun_ + kCheckEvery;
  asking_ = true;
  while (!Finishing() && !(ended_ && pending_ == 0)) {
    const auto room = Room();
    const auto asked = AskSome(room);
    if (!asked.ok()) return asked.status();
    pace_.Sent(*asked);
    auto patience = milliseconds(0);
    if (room == 0 || waiting_) {
      patience = std::clamp(std::chrono::ceil<milliseconds>(pace_.UntilNext()),
                            milliseconds(1), kLongestTurn);
    }
    if (auto status = Turn(patience); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status SweepRun::Drain() {
  while (parts_.capture->open_queries() > 0 ||
         !parts_.witness->controls_over()) {
    if (Aborting() || parts_.witness->noisy()) parts_.witness->DropControls();
    if (Aborting()) parts_.capture->CancelAll();
    AskControls(kMostAtOnce);
    auto status = parts_.capture->Run(milliseconds(10));
    if (status.ok()) status = Beat();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status SweepRun::Run() {
  auto status = CheckSilence();
  if (status.ok()) status = AskAll();
  if (asking_) asked_for_ = Clock::now() - begun_;
  asking_ = false;
  const auto drained = Drain();
  // Whatever ended the sweep, what was measured is recorded if it can be.
  parts_.witness->DropControls();
  parts_.capture->CancelAll();
  auto recorded = parts_.recorder->Flush();
  const auto over = counts();
  if (recorded.ok() && parts_.save && over.entries > 0) {
    recorded = parts_.save(over);
  }
  parts_.progress->End(over);
  for (const auto& one : {status, Stopped(), drained, recorded}) {
    if (!one.ok()) return one;
  }
  return absl::OkStatus();
}

}  // namespace taster::cli
