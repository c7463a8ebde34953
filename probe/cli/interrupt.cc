// SPDX-License-Identifier: Apache-2.0
// A counter that a signal handler may touch.
#include "probe/cli/interrupt.h"

#include <signal.h>

#include <atomic>

namespace taster::cli {
namespace {

std::atomic<int> signals{0};
std::atomic<int> first_signal{0};
static_assert(std::atomic<int>::is_always_lock_free);

void OnSignal(int number) {
  if (signals.fetch_add(1) == 0) first_signal = number;
}

}  // namespace

void WatchSignals() {
  struct sigaction action {};
  action.sa_handler = OnSignal;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

bool Finishing() { return signals > 0; }
bool Aborting() { return signals > 1; }
bool Terminated() { return first_signal == SIGTERM; }

void ForgetSignals() {
  signals = 0;
  first_signal = 0;
}

}  // namespace taster::cli
