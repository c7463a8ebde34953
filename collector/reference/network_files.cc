// SPDX-License-Identifier: Apache-2.0
// Sorts a directory's files by what their names say.
#include "collector/reference/network_files.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "absl/status/status.h"

namespace taster::reference {
namespace {

namespace fs = std::filesystem;

// What stands in one directory under one name.
struct Candidates {
  std::vector<RangeFile> text;
  std::vector<RangeFile> numbers;
  fs::path mmdb;
};
using Tables = std::map<std::pair<fs::path, std::string>, Candidates>;

bool TakeSuffix(std::string_view suffix, std::string* name) {
  if (!name->ends_with(suffix)) return false;
  name->resize(name->size() - suffix.size());
  return true;
}

void Sort(const fs::path& file, Tables* tables) {
  std::string name = file.filename().string();
  const fs::path directory = file.parent_path();
  if (TakeSuffix(".mmdb", &name)) {
    (*tables)[{directory, name}].mmdb = file;
    return;
  }
  if (!TakeSuffix(".csv", &name)) return;
  RangeFile found;
  found.path = file;
  if (TakeSuffix("-num", &name)) found.form = RangeForm::kNumber;
  if (TakeSuffix("-ipv6", &name)) {
    found.family = net::Family::kIpv6;
  } else if (!TakeSuffix("-ipv4", &name)) {
    return;
  }
  Candidates& candidates = (*tables)[{directory, name}];
  (found.form == RangeForm::kText ? candidates.text : candidates.numbers)
      .push_back(std::move(found));
}

// The files of `directory`, and with `below` those of its directories too.
absl::Status SortAll(const fs::path& directory, bool below, Tables* tables) {
  std::error_code error;
  fs::directory_iterator entries(directory, error);
  for (; !error && entries != fs::directory_iterator();
       entries.increment(error)) {
    std::error_code ignored;  // A dangling link is no table.
    if (entries->is_regular_file(ignored)) Sort(entries->path(), tables);
    if (!below || !entries->is_directory(ignored)) continue;
    const auto sorted = SortAll(entries->path(), false, tables);
    if (!sorted.ok()) return sorted;
  }
  if (!error) return absl::OkStatus();
  return absl::NotFoundError("read " + directory.string() + ": " +
                             error.message());
}

TableFiles Choose(const std::pair<fs::path, std::string>& place,
                  const Candidates& candidates) {
  TableFiles chosen;
  chosen.directory = place.first;
  chosen.name = place.second;
  chosen.ranges =
      candidates.text.empty() ? candidates.numbers : candidates.text;
  std::ranges::sort(chosen.ranges, {}, &RangeFile::family);
  if (chosen.ranges.empty()) chosen.mmdb = candidates.mmdb;
  return chosen;
}

}  // namespace

absl::StatusOr<NetworkFiles> FindNetworkFiles(const fs::path& directory) {
  Tables tables;
  if (auto sorted = SortAll(directory, true, &tables); !sorted.ok()) {
    return sorted;
  }
  NetworkFiles files;
  for (const auto& [place, candidates] : tables) {
    const bool is_country = place.second.ends_with("country");
    if (!is_country && !place.second.ends_with("asn")) continue;
    auto& slot = is_country ? files.countries : files.origins;
    if (slot) {
      return absl::InvalidArgumentError(
          directory.string() + ": two tables of one kind: " + slot->name +
          " in " + slot->directory.string() + ", " + place.second + " in " +
          place.first.string());
    }
    slot = Choose(place, candidates);
  }
  if (!files.origins && !files.countries) {
    return absl::NotFoundError(
        directory.string() +
        ": neither asn-ipv4.csv nor another table of networks");
  }
  return files;
}

}  // namespace taster::reference
