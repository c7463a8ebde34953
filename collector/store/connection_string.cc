// SPDX-License-Identifier: Apache-2.0
#include "collector/store/connection_string.h"

#include <libpq-fe.h>

#include <memory>

namespace taster::store {
namespace {

// In a connection string a value stands in quotes; quotes and backslashes in
// it are escaped.
std::string Quoted(std::string_view value) {
  std::string quoted = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

}  // namespace

absl::StatusOr<std::string> WithRole(const std::string& connection,
                                     std::string_view role) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed(
      PQconninfoParse(connection.c_str(), nullptr), PQconninfoFree);
  if (parsed == nullptr) {
    return absl::InvalidArgumentError(
        "--database: not a libpq connection string");
  }
  std::string options = "-c role=" + std::string(role);
  std::string result;
  for (const PQconninfoOption* option = parsed.get();
       option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    if (std::string_view(option->keyword) == "options") {
      options = std::string(option->val) + " " + options;
      continue;
    }
    result += std::string(option->keyword) + "=" + Quoted(option->val) + " ";
  }
  return result + "options=" + Quoted(options);
}

}  // namespace taster::store
