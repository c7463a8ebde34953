// SPDX-License-Identifier: Apache-2.0
// The truth table: from what rules found to the class of one reply.
#include "collector/judge/verdict.h"

#include <array>
#include <bit>

namespace taster::judge {
namespace {

// What fired, counted without regard to order.
struct Tally {
  bool confirms = false;
  bool exonerates = false;
  unsigned suggesting_kinds = 0;  // A bit for each Kind.
  bool accused = false;
  // Every accusing rule speaks for a filter or a service that the user or the
  // operator has chosen, not for a state.
  bool all_own_filter = true;
};

Tally Count(std::span<const Finding> findings) {
  Tally tally;
  for (const Finding& finding : findings) {
    if (finding.status != Status::kFired) continue;
    const Rule& rule = *finding.rule;
    if (rule.strength == Strength::kExonerates) tally.exonerates = true;
    if (rule.strength == Strength::kConfirms) tally.confirms = true;
    if (rule.strength == Strength::kSuggests) {
      tally.suggesting_kinds |= 1U << static_cast<unsigned>(rule.kind);
    }
    if (rule.strength == Strength::kConfirms ||
        rule.strength == Strength::kSuggests) {
      tally.accused = true;
      tally.all_own_filter = tally.all_own_filter &&
                             (rule.mechanism == Mechanism::kSecurityProduct ||
                              rule.mechanism == Mechanism::kNxdomainRewritten);
    }
  }
  return tally;
}

}  // namespace

std::string_view ToString(Class verdict) {
  constexpr std::array<std::string_view, 8> kTexts = {
      "consistent",      "insufficient", "ambiguous", "filtered",
      "likely_poisoned", "poisoned",     "down",      "blocked",
  };
  const auto index = static_cast<std::size_t>(verdict);
  return index < kTexts.size() ? kTexts[index] : "unknown";
}

Class Conclude(std::span<const Finding> findings) {
  const Tally tally = Count(findings);
  if (!tally.accused) {
    return tally.exonerates ? Class::kConsistent : Class::kInsufficient;
  }
  if (tally.exonerates) return Class::kAmbiguous;
  if (tally.all_own_filter) return Class::kFiltered;
  const bool poisoned =
      tally.confirms || std::popcount(tally.suggesting_kinds) >= 2;
  return poisoned ? Class::kPoisoned : Class::kLikelyPoisoned;
}

}  // namespace taster::judge
