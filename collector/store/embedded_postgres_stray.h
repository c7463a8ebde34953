// SPDX-License-Identifier: Apache-2.0
// What an earlier server on the same data directory may have left running.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <vector>

#include "absl/status/status.h"

namespace taster::store {

// Our user's PostgreSQL processes whose working directory is `data_dir`, which
// is what every process of a server has.
std::vector<pid_t> ServerProcesses(const std::filesystem::path& data_dir);

// Stops them: in order, and when that takes too long by force; then takes away
// postmaster.pid, by which a number that another process has since got could
// keep a server from starting. REQUIRES: the state directory is locked.
// DeadlineExceeded when one will not go.
absl::Status StopStrays(const std::filesystem::path& data_dir);

}  // namespace taster::store
