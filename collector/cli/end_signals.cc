// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/end_signals.h"

namespace taster::cli {

sigset_t BlockEndSignals() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  return ends;
}

}  // namespace taster::cli
