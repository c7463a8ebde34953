// SPDX-License-Identifier: Apache-2.0
// Reads comma-separated files whose first line names the columns.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace taster::reference {

// The fields of one line (RFC 4180, but that no field holds a line break).
// nullopt when a quote is missing or stands inside a field.
std::optional<std::vector<std::string>> SplitCsv(std::string_view line);

// One line, to be read field by field from the left. What is wrong with a
// field is kept until the line is done: only the first error counts.
class CsvRow {
 public:
  explicit CsvRow(std::vector<std::string> fields)
      : fields_(std::move(fields)) {}

  // The next field; empty when there is none left.
  const std::string& Next();
  // Remembers that the field read last is no `wanted`.
  void Refuse(std::string_view wanted);

  // Empty while all is well.
  const std::string& error() const { return error_; }

 private:
  std::vector<std::string> fields_;
  std::size_t next_ = 0;
  std::string error_;
};

// Reads `path`, whose first line must be `header`, and calls `take` with each
// further line. Errors: NotFound when it cannot be opened; InvalidArgument
// with file and line for what is malformed or what `take` refused.
absl::Status ReadCsv(const std::filesystem::path& path, std::string_view header,
                     const std::function<void(CsvRow*)>& take);

}  // namespace taster::reference
