// SPDX-License-Identifier: Apache-2.0
// OONI's failure strings (df-007-errors) and what they say of a DNS question.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "collector/judge/case.h"

namespace taster::exchange {

// What a failure string says of one question.
struct FailureMeaning {
  // kResponse: a reply came, and `rcode` and `fit` are its own. kCancelled:
  // the string does not tell what became of the question.
  judge::Outcome outcome = judge::Outcome::kCancelled;
  std::uint8_t rcode = 0;
  judge::Fit fit = judge::Fit::kMatches;
  // The reply had an answer, whether the file gives it or not.
  bool has_answer = false;
};

// Absent: no failure. Words of all of OONI's probes are known, the oldest
// included; an unknown one is no error.
FailureMeaning MeaningOf(std::optional<std::string_view> failure);

// The word for what came of a question: for its first reply, or for its
// outcome where none came. nullopt: success.
std::optional<std::string_view> FailureOf(const judge::Asked& asked,
                                          const judge::Observation* reply);

}  // namespace taster::exchange
