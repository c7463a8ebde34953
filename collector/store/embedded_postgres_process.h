// SPDX-License-Identifier: Apache-2.0
// One run of the embedded server's first process.
#pragma once

#include <sys/types.h>

#include <atomic>

#include "absl/status/statusor.h"
#include "collector/store/embedded_postgres_layout.h"

namespace taster::store {

// Starts the server as a child in a process group of its own, so that a ^C at
// the collector's terminal does not reach it. When the calling THREAD ends,
// the kernel asks the server to shut down in order: a collector that was
// killed leaves no server behind.
absl::StatusOr<pid_t> StartProcess(const EmbeddedLayout& layout);

// Until the server takes connections. Internal with the log's last lines when
// it ends first (it is not reaped), DeadlineExceeded after five minutes of
// recovery, Cancelled once `stopping`.
absl::Status AwaitConnections(const EmbeddedLayout& layout, pid_t process,
                              const std::atomic<bool>& stopping);

// Whether a child has ended, without reaping it.
bool HasEnded(pid_t process);

}  // namespace taster::store
