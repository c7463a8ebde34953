// SPDX-License-Identifier: Apache-2.0
// The server's error codes as status codes.
#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace taster::store {

// `sqlstate` is a five-character code of PostgreSQL's Appendix A; empty when
// the connection broke before one came. `doing` says what was attempted,
// `message` is the server's primary message (never its detail, which quotes
// stored values).
//   AlreadyExists       unique violation outside ON CONFLICT
//   Aborted             serialization failure, deadlock: the same again works
//   Unavailable         connection lost, server shutting down, lock timeout,
//                       no space: the same later
//   FailedPrecondition  table, column, function, partition or grant missing
//   InvalidArgument     a value that the schema refuses
//   Internal            anything else
absl::Status FromSqlState(std::string_view sqlstate, std::string_view doing,
                          std::string_view message);

}  // namespace taster::store
