// SPDX-License-Identifier: Apache-2.0
// Splits lines and says where they are wrong.
#include "collector/reference/csv_row.h"

#include <algorithm>
#include <fstream>

namespace taster::reference {
namespace {

absl::Status Malformed(const std::filesystem::path& path, std::size_t line,
                       const std::string& why) {
  return absl::InvalidArgumentError(path.string() + ":" + std::to_string(line) +
                                    ": " + why);
}

}  // namespace

std::optional<std::vector<std::string>> SplitCsv(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  bool closed = false;  // A quoted field has ended; only a comma may follow.
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted) {
      const bool doubled = c == '"' && line.substr(i + 1, 1) == "\"";
      if (c == '"' && !doubled) {
        quoted = false;
        closed = true;
        continue;
      }
      i += doubled ? 1 : 0;
      fields.back() += c;
    } else if (c == ',') {
      fields.emplace_back();
      closed = false;
    } else if (c == '"' && fields.back().empty() && !closed) {
      quoted = true;
    } else if (c == '"' || closed) {
      return {};
    } else {
      fields.back() += c;
    }
  }
  if (quoted) return {};
  return fields;
}

const std::string& CsvRow::Next() {
  static const std::string none;
  return next_ < fields_.size() ? fields_[next_++] : none;
}

void CsvRow::Refuse(std::string_view wanted) {
  if (!error_.empty()) return;
  error_ = "column " + std::to_string(next_) + ": not " + std::string(wanted);
}

absl::Status ReadCsv(const std::filesystem::path& path, std::string_view header,
                     const std::function<void(CsvRow*)>& take) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError("cannot open " + path.string());
  const auto columns =
      static_cast<std::size_t>(std::count(header.begin(), header.end(), ',')) +
      1;
  std::string line;
  std::size_t number = 0;
  while (std::getline(file, line)) {
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    if (number == 1) {
      if (line == header) continue;
      return Malformed(path, number, "columns are not " + std::string(header));
    }
    auto fields = SplitCsv(line);
    if (!fields) return Malformed(path, number, "quotes do not match");
    if (fields->size() != columns) {
      return Malformed(path, number,
                       std::to_string(fields->size()) + " columns instead of " +
                           std::to_string(columns));
    }
    CsvRow row(*std::move(fields));
    take(&row);
    if (!row.error().empty()) return Malformed(path, number, row.error());
  }
  if (file.bad()) return absl::DataLossError("cannot read " + path.string());
  if (number == 0) return Malformed(path, 1, "empty file");
  return absl::OkStatus();
}

}  // namespace taster::reference
