// SPDX-License-Identifier: Apache-2.0
// Splits a list into lines and weighs its bad ones.
#include "probe/plan/target_list.h"

#include <algorithm>
#include <unordered_set>

#include "probe/plan/caps.h"

namespace taster::plan {
namespace {

constexpr std::size_t kLinesShown = 5;

std::string_view Trim(std::string_view line) {
  line = line.substr(0, line.find('#'));
  const auto first = line.find_first_not_of(" \t\r");
  if (first == line.npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

absl::Status TooManyBad(const TargetList& list, std::size_t entries) {
  std::string message = std::to_string(list.bad.size()) + " of " +
                        std::to_string(entries) +
                        " entries are bad (more than 1 %):";
  for (std::size_t i = 0; i < std::min(kLinesShown, list.bad.size()); ++i) {
    message += " line " + std::to_string(list.bad[i].line) + " " +
               std::string(Explain(list.bad[i].why)) + ";";
  }
  message.pop_back();
  return absl::DataLossError(message);
}

// Reads line by line. False when there are too many entries.
bool ReadLines(std::string_view text, TargetList* list, std::size_t* entries) {
  std::unordered_set<std::string> seen;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const auto entry = Trim(text.substr(0, end));
    text = end == text.npos ? std::string_view{} : text.substr(end + 1);
    if (entry.empty()) continue;
    if (++*entries > kMaxTargets) return false;
    BadName why = BadName::kNone;
    auto name = ReadTargetName(entry, &why);
    if (!name) {
      list->bad.push_back({number, why});
    } else if (seen.insert(name->ToText()).second) {
      list->names.push_back(*std::move(name));
    } else {
      ++list->duplicates;
    }
  }
  return true;
}

}  // namespace

absl::StatusOr<TargetList> ReadTargetList(std::string_view text) {
  if (text.size() > kMaxListBytes) {
    return absl::DataLossError("larger than 1 MiB");
  }
  if (const auto nul = text.find('\0'); nul != text.npos) {
    const auto line = std::count(text.begin(), text.begin() + nul, '\n') + 1;
    return absl::DataLossError("NUL byte in line " + std::to_string(line));
  }
  TargetList list;
  std::size_t entries = 0;
  if (!ReadLines(text, &list, &entries)) {
    return absl::DataLossError("more than 20000 entries");
  }
  if (list.bad.size() * 100 > entries) return TooManyBad(list, entries);
  if (list.names.empty()) return absl::DataLossError("no name in it");
  return list;
}

}  // namespace taster::plan
