// SPDX-License-Identifier: Apache-2.0
#include "collector/store/migrate_plan.h"

#include <fstream>
#include <sstream>

namespace taster::store {
namespace {

// The next word of `line`, which loses it; empty at the end.
std::string_view TakeWord(std::string_view* line) {
  constexpr std::string_view kBlank = " \t";
  const std::size_t first = line->find_first_not_of(kBlank);
  if (first == std::string_view::npos) {
    *line = {};
    return {};
  }
  line->remove_prefix(first);
  const std::size_t end = std::min(line->find_first_of(kBlank), line->size());
  const std::string_view word = line->substr(0, end);
  line->remove_prefix(end);
  return word;
}

// "name [dependencies] 2026-11-22T00:00:00Z planner <address> # note"
absl::StatusOr<PlannedChange> ParseChange(std::string_view line) {
  std::string_view rest = line;
  PlannedChange change{.name = std::string(TakeWord(&rest)), .plan_time = {}};
  std::string_view word = TakeWord(&rest);
  if (!word.empty() && word.front() == '[') {
    while (!word.empty() && word.back() != ']') word = TakeWord(&rest);
    word = TakeWord(&rest);
  }
  if (word.size() != 20 || word[10] != 'T' || word[19] != 'Z') {
    return absl::InvalidArgumentError("sqitch.plan: no planning time in \"" +
                                      std::string(line) + "\"");
  }
  change.plan_time = std::string(word);
  return change;
}

}  // namespace

absl::StatusOr<Plan> ParsePlan(std::string_view text) {
  constexpr std::string_view kProject = "%project=";
  Plan plan;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.substr(0, kProject.size()) == kProject) {
      plan.project = std::string(line.substr(kProject.size()));
    }
    // Pragmas, notes and tags are no changes.
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos || line[first] == '%' ||
        line[first] == '#' || line[first] == '@') {
      continue;
    }
    auto change = ParseChange(line.substr(first));
    if (!change.ok()) return change.status();
    plan.changes.push_back(*std::move(change));
  }
  if (plan.project.empty() || plan.changes.empty()) {
    return absl::InvalidArgumentError(
        "sqitch.plan: names no project or no changes");
  }
  return plan;
}

absl::StatusOr<Plan> ReadPlan(const std::filesystem::path& schema_dir) {
  const std::filesystem::path path = schema_dir / "sqitch.plan";
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) {
    return absl::FailedPreconditionError("cannot read " + path.string());
  }
  return ParsePlan(text.str());
}

}  // namespace taster::store
