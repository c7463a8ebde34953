// SPDX-License-Identifier: Apache-2.0
// Turns names into question sets: a target with the twins that separate one
// mechanism from another.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "probe/capture/question.h"
#include "probe/plan/plan_options.h"

namespace taster::plan {

using Rng = std::mt19937_64;

// Questions about one target, in the order in which they are to be asked.
struct QuestionSet {
  std::uint32_t index = 0;  // Within the round.
  std::vector<capture::Question> questions;
};

// InvalidArgument when a set of this plan would be empty or have more than
// kMaxSetQuestions questions, checks and those for proofs included.
absl::Status CheckSetSize(const PlanOptions& options);

// The questions for `target`, shuffled.
QuestionSet ExpandTarget(const PlanOptions& options, const dns::Name& target,
                         std::uint32_t index, Rng& rng);

// One set a name, names and questions in random order (a fixed order would be
// a fingerprint). Fails as CheckSetSize. A long round rather draws its sets one
// by one with ExpandTarget.
absl::StatusOr<std::vector<QuestionSet>> Expand(
    const PlanOptions& options, std::span<const dns::Name> names, Rng& rng);

}  // namespace taster::plan
