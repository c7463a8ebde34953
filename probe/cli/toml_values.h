// SPDX-License-Identifier: Apache-2.0
// A TOML document as a flat list of values with their lines.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"

namespace taster::cli {

// A table, or an array that holds anything but text alone or numbers alone.
struct OtherKind {
  bool is_table = false;
};

struct TomlValue {
  unsigned line = 0;
  std::variant<OtherKind, std::string, std::int64_t, double, bool,
               std::vector<std::string>, std::vector<std::int64_t>>
      value;
};

// An empty array is one of text. By dotted path, such as "plan.rate". Tables
// have an entry of their own.
using TomlValues = std::map<std::string, TomlValue>;

// InvalidArgument with "line N: ..." for what is not TOML, and for what TOML
// would allow but a configuration never needs: over 1 MiB, NUL bytes, a byte
// order mark, CR, tables nested deeper than 64.
absl::StatusOr<TomlValues> ReadToml(std::string_view text);

}  // namespace taster::cli
