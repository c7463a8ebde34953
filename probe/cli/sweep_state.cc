// SPDX-License-Identifier: Apache-2.0
// A line a value: "asked 12".
#include "probe/cli/sweep_state.h"

#include <map>
#include <sstream>

#include "probe/consent/state_file.h"

namespace taster::cli {
namespace {

constexpr char kHead[] = "taster-sweep 1";
constexpr std::size_t kMostBytes = 4096;

// Every number of a state, under the name that it has in the file.
template <typename State, typename Visit>
void VisitNumbers(State& state, Visit visit) {
  visit("first_mark", state.first_mark);
  visit("list_bytes", state.list_bytes);
  visit("entries", state.counts.entries);
  visit("asked", state.counts.asked);
  visit("answered", state.counts.answered);
  visit("unsent", state.counts.unsent);
  visit("replies", state.counts.replies);
  visit("icmp", state.counts.icmp);
  for (std::size_t i = 0; i < kBadNames; ++i) {
    visit("malformed_" + std::to_string(i), state.counts.malformed[i]);
  }
}

// "KEY REST" of a line.
std::pair<std::string, std::string> Split(const std::string& line) {
  const auto space = line.find(' ');
  if (space == line.npos) return {line, ""};
  return {line.substr(0, space), line.substr(space + 1)};
}

bool ReadNumber(const std::map<std::string, std::string>& values,
                const std::string& key, std::uint64_t* into) {
  const auto found = values.find(key);
  if (found == values.end()) return false;
  const std::string& text = found->second;
  if (text.empty() || text.size() > 20 ||
      text.find_first_not_of("0123456789") != text.npos) {
    return false;
  }
  std::istringstream stream(text);
  return static_cast<bool>(stream >> *into);
}

}  // namespace

absl::Status SaveSweepState(const std::filesystem::path& path,
                            const SweepState& state) {
  std::string text = std::string(kHead) + "\nquestion " + state.question + "\n";
  VisitNumbers(state, [&](const std::string& key, std::uint64_t value) {
    text += key + " " + std::to_string(value) + "\n";
  });
  text += "duration_ms " + std::to_string(state.counts.duration.count()) + "\n";
  return consent::WriteStateFile(path, text);
}

absl::StatusOr<SweepState> LoadSweepState(const std::filesystem::path& path) {
  const auto text = consent::ReadStateFile(path, kMostBytes);
  if (!text.ok()) return text.status();
  std::istringstream lines(*text);
  std::string line;
  std::getline(lines, line);
  bool good = line == kHead;
  std::map<std::string, std::string> values;
  while (std::getline(lines, line)) values.insert(Split(line));
  SweepState state;
  state.question = values["question"];
  VisitNumbers(state, [&](const std::string& key, std::uint64_t& value) {
    good = ReadNumber(values, key, &value) && good;
  });
  std::uint64_t duration = 0;
  good = ReadNumber(values, "duration_ms", &duration) && good;
  state.counts.duration = std::chrono::milliseconds(duration);
  if (good) return state;
  return absl::DataLossError(path.string() + " is not the state of a sweep");
}

}  // namespace taster::cli
