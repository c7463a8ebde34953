// SPDX-License-Identifier: Apache-2.0
// SIGINT and SIGTERM: the first asks to finish, the second to stop at once.
#pragma once

namespace taster::cli {

// Starts counting signals.
void WatchSignals();

// Open windows are to end and everything measured is to be recorded.
bool Finishing();
// Open windows are to be closed now. What is recorded stays recorded.
bool Aborting();
// The first signal was SIGTERM: a service manager's way to say stop.
bool Terminated();

// Forgets what was counted; for tests.
void ForgetSignals();

}  // namespace taster::cli
