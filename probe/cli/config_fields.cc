// SPDX-License-Identifier: Apache-2.0
// Type checks, leftovers, and guesses at typing errors.
#include "probe/cli/config_fields.h"

#include <algorithm>
#include <numeric>

namespace taster::cli {
namespace {

constexpr std::size_t kLongestKeyShown = 64;
constexpr std::size_t kClosest = 3;  // Edits between a key and what was meant.

// Levenshtein distance; keys are short.
std::size_t Distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1,
                         diagonal + (left[i - 1] == right[j - 1] ? 0u : 1u)});
      diagonal = above;
    }
  }
  return row.back();
}

// The last part of a key: "rate" of "plan.rate".
std::string_view Tail(std::string_view key) {
  return key.substr(key.rfind('.') + 1);
}

// What the writer of `key` probably meant; empty: no idea.
std::string Meant(const std::string& key, const std::set<std::string>& known) {
  std::string best;
  std::size_t least = kClosest + 1;
  for (const auto& candidate : known) {
    // The right key in the wrong table is one edit away.
    const std::size_t distance =
        Tail(key) == Tail(candidate) ? 1 : Distance(key, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

std::string At(unsigned line, const std::string& what) {
  return line == 0 ? what : "line " + std::to_string(line) + ": " + what;
}

}  // namespace

template <typename T>
const T* ConfigFields::Find(const std::string& key, const char* kind) {
  taken_.insert(key);
  const auto found = values_.find(key);
  if (found == values_.end()) return nullptr;
  const T* value = std::get_if<T>(&found->second.value);
  if (!value) Blame(key, std::string("must be ") + kind);
  return value;
}

void ConfigFields::Require(const std::string& key) {
  if (!Has(key)) Blame(key, "is missing");
}

void ConfigFields::Take(const std::string& key, std::string* into) {
  if (const auto* text = Find<std::string>(key, "a string")) *into = *text;
}

void ConfigFields::Take(const std::string& key, bool* into) {
  if (const auto* truth = Find<bool>(key, "true or false")) *into = *truth;
}

void ConfigFields::Take(const std::string& key, double* into) {
  const auto found = values_.find(key);
  if (found != values_.end() &&
      std::holds_alternative<std::int64_t>(found->second.value)) {
    taken_.insert(key);
    *into = static_cast<double>(std::get<std::int64_t>(found->second.value));
    return;
  }
  if (const auto* number = Find<double>(key, "a number")) *into = *number;
}

void ConfigFields::Take(const std::string& key,
                        std::vector<std::string>* into) {
  const auto* texts =
      Find<std::vector<std::string>>(key, "an array of strings");
  if (texts) *into = *texts;
}

void ConfigFields::Take(const std::string& key,
                        std::vector<std::int64_t>* into) {
  const auto found = values_.find(key);
  if (found != values_.end()) {
    const auto* empty =
        std::get_if<std::vector<std::string>>(&found->second.value);
    if (empty && empty->empty()) {
      taken_.insert(key);
      return into->clear();
    }
  }
  const auto* numbers =
      Find<std::vector<std::int64_t>>(key, "an array of whole numbers");
  if (numbers) *into = *numbers;
}

void ConfigFields::Take(const std::string& key, std::uint64_t* into,
                        std::uint64_t least, std::uint64_t most) {
  const auto* number = Find<std::int64_t>(key, "a whole number");
  if (!number) return;
  const bool fits = *number >= 0 &&
                    static_cast<std::uint64_t>(*number) >= least &&
                    static_cast<std::uint64_t>(*number) <= most;
  if (!fits) {
    Blame(key, "must be between " + std::to_string(least) + " and " +
                   std::to_string(most));
    return;
  }
  *into = static_cast<std::uint64_t>(*number);
}

void ConfigFields::Blame(const std::string& key, const std::string& why) {
  problems_.emplace(LineOf(key), key + " " + why);
}

unsigned ConfigFields::LineOf(const std::string& key) const {
  const auto found = values_.find(key);
  return found == values_.end() ? 0 : found->second.line;
}

absl::Status ConfigFields::Finish(const std::set<std::string>& tables) const {
  auto problems = problems_;
  auto known = taken_;
  known.insert(tables.begin(), tables.end());
  for (const auto& [key, value] : values_) {
    if (taken_.contains(key)) continue;
    const auto* other = std::get_if<OtherKind>(&value.value);
    if (tables.contains(key) && other && other->is_table) continue;
    std::string problem = "unknown key " + key.substr(0, kLongestKeyShown);
    if (tables.contains(key)) problem = key + " must be a table";
    const auto meant = key.size() > kLongestKeyShown ? "" : Meant(key, known);
    if (!meant.empty() && !tables.contains(key)) {
      problem += "; did you mean " + meant + "?";
    }
    problems.emplace(value.line, problem);
  }
  if (problems.empty()) return absl::OkStatus();
  const auto& [line, what] = *problems.begin();
  // A missing key has no line; a line tells more, so it goes first.
  const auto with_line = problems.upper_bound(0);
  if (with_line != problems.end()) {
    return absl::InvalidArgumentError(At(with_line->first, with_line->second));
  }
  return absl::InvalidArgumentError(At(line, what));
}

}  // namespace taster::cli
