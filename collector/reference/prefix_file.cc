// SPDX-License-Identifier: Apache-2.0
// Parses prefix tables.
#include "collector/reference/prefix_file.h"

#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "collector/reference/seed_values.h"

namespace taster::reference {
namespace {

// Takes what stands before the next tab or comma off the front of `*rest`.
std::string_view TakeColumn(std::string_view* rest) {
  const std::size_t end = rest->find_first_of("\t,");
  const std::string_view column = rest->substr(0, end);
  rest->remove_prefix(end == std::string_view::npos ? rest->size() : end + 1);
  return column;
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::optional<PrefixRow> ParseRow(std::string_view line) {
  const auto prefix = net::IpPrefix::Parse(TakeColumn(&line));
  std::string_view origin = TakeColumn(&line);
  if (origin.starts_with("AS")) origin.remove_prefix(2);
  const auto asn = ParseNumber(origin);
  const std::string_view country = TakeColumn(&line);
  if (!prefix || !asn || (!country.empty() && country.size() != 2)) return {};
  return PrefixRow{{*prefix, *asn}, std::string(country)};
}

}  // namespace

absl::StatusOr<std::vector<PrefixRow>> ReadPrefixFile(
    const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError("cannot open " + path.string());
  std::vector<PrefixRow> rows;
  std::string line;
  std::size_t number = 0;
  while (std::getline(file, line)) {
    ++number;
    std::string_view text = line;
    text = Trim(text.substr(0, text.find('#')));
    if (text.empty()) continue;
    auto row = ParseRow(text);
    if (!row) {
      return absl::InvalidArgumentError(path.string() + ":" +
                                        std::to_string(number) +
                                        ": not prefix, AS number and country");
    }
    rows.push_back(*std::move(row));
  }
  if (file.bad()) return absl::DataLossError("cannot read " + path.string());
  return rows;
}

}  // namespace taster::reference
