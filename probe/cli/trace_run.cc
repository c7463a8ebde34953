// SPDX-License-Identifier: Apache-2.0
// Asks, settles, goes on.
#include "probe/cli/trace_run.h"

#include <algorithm>

#include "probe/cli/interrupt.h"

namespace taster::cli {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// Signals are noticed at least this often.
constexpr milliseconds kLongestTurn{50};
constexpr milliseconds kShortTurn{2};
// A stage is over when for so long, or for twice what the slowest answer took,
// nothing has come; and after a second in any case.
constexpr milliseconds kLeastQuiet{100};
constexpr milliseconds kMostQuiet{1000};

}  // namespace

absl::Status TraceRun::Ask(const capture::Question& question) {
  const auto& server = question.server.address;
  while (!Finishing()) {
    const auto now = Clock::now();
    const auto due = parts_.pacer->NextDue(server, now);
    if (due > now) {
      auto status = parts_.capture->Run(
          std::min(std::chrono::ceil<milliseconds>(due - now), kLongestTurn));
      if (!status.ok()) return status;
      continue;
    }
    const auto token = parts_.recorder->Expect(question);
    parts_.witness->Expect(token, question);
    if (parts_.capture->Ask(question, token)) {
      parts_.pacer->Sent(server, now);
      return parts_.capture->Run(milliseconds(0));
    }
    parts_.witness->Withdraw(token);
    parts_.recorder->Withdraw(token);
    if (auto status = parts_.capture->Run(kShortTurn); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

absl::Status TraceRun::AskStage() {
  while (!Finishing()) {
    const auto question = parts_.series->Next();
    if (!question) break;
    if (auto status = Ask(*question); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status TraceRun::Settle() {
  const auto begun = Clock::now();
  auto last = begun;
  auto seen = parts_.witness->arrivals();
  while (!Finishing() && parts_.capture->open_queries() > 0) {
    const auto now = Clock::now();
    if (parts_.witness->arrivals() != seen) last = now;
    seen = parts_.witness->arrivals();
    const auto quiet = seen == 0
                           ? Clock::duration(kMostQuiet)
                           : std::max<Clock::duration>(
                                 kLeastQuiet, 2 * parts_.witness->slowest());
    if (now - last >= quiet || now - begun >= kMostQuiet) break;
    if (auto status = parts_.capture->Run(kShortTurn); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

absl::Status TraceRun::Drain() {
  while (parts_.capture->open_queries() > 0) {
    if (Aborting()) parts_.capture->CancelAll();
    if (auto status = parts_.capture->Run(kLongestTurn); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

absl::Status TraceRun::Run() {
  absl::Status status;
  do {
    status = AskStage();
    if (status.ok()) status = Settle();
  } while (status.ok() && !Finishing() && parts_.series->Advance());
  if (status.ok()) status = Drain();
  // Whatever ended the trace, what was measured is recorded if it can be.
  parts_.capture->CancelAll();
  parts_.recorder->EndSet(0);
  parts_.witness->Release();
  const auto recorded = parts_.recorder->Flush();
  return status.ok() ? recorded : status;
}

}  // namespace taster::cli
