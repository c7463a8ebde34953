// SPDX-License-Identifier: Apache-2.0
// PostgreSQL 15, Appendix A: error codes by class and code.
#include "collector/store/sql_state.h"

#include "fmt/format.h"

namespace taster::store {
namespace {

absl::StatusCode CodeOf(std::string_view sqlstate, std::string_view message) {
  if (sqlstate.empty()) return absl::StatusCode::kUnavailable;
  if (sqlstate == "23505") return absl::StatusCode::kAlreadyExists;
  if (sqlstate == "40001" || sqlstate == "40P01") {
    return absl::StatusCode::kAborted;
  }
  // undefined table, column, function, object, schema; insufficient privilege;
  // role or database that does not exist.
  for (const std::string_view missing :
       {"42P01", "42703", "42883", "42704", "3F000", "42501", "28000", "28P01",
        "3D000"}) {
    if (sqlstate == missing) return absl::StatusCode::kFailedPrecondition;
  }
  // A missing partition is reported as a check violation of the parent.
  if (sqlstate == "23514" && message.starts_with("no partition of relation")) {
    return absl::StatusCode::kFailedPrecondition;
  }
  const std::string_view group = sqlstate.substr(0, 2);
  // data exception, integrity violation.
  if (group == "22" || group == "23") return absl::StatusCode::kInvalidArgument;
  // connection, resources, lock not available, operator intervention, system.
  for (const std::string_view passing : {"08", "53", "55", "57", "58"}) {
    if (group == passing) return absl::StatusCode::kUnavailable;
  }
  return absl::StatusCode::kInternal;
}

}  // namespace

absl::Status FromSqlState(std::string_view sqlstate, std::string_view doing,
                          std::string_view message) {
  return absl::Status(CodeOf(sqlstate, message),
                      fmt::format("{}: {}{}{}", doing, message,
                                  sqlstate.empty() ? "" : " ", sqlstate));
}

}  // namespace taster::store
