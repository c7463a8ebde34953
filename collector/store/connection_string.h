// SPDX-License-Identifier: Apache-2.0
// Changes one thing in a libpq connection string.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace taster::store {

// `connection` (key=value words or a URI) with the session's role set to
// `role` by its `options`: the login must be a member of that role.
// InvalidArgument when libpq cannot parse it; the message holds no password.
absl::StatusOr<std::string> WithRole(const std::string& connection,
                                     std::string_view role);

}  // namespace taster::store
