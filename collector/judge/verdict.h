// SPDX-License-Identifier: Apache-2.0
// What the findings amount to: a class, a mechanism, an injector.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collector/judge/rule.h"

namespace taster::judge {

// From best known to be good to worst. Values are stored: never renumbered.
enum class Class : std::uint8_t {
  kConsistent = 0,
  kInsufficient = 1,
  kAmbiguous = 2,
  kFiltered = 3,
  kLikelyPoisoned = 4,
  kPoisoned = 5,
  kDown = 6,     // Of a measurement: the control fails too.
  kBlocked = 7,  // Of a measurement: no answer, where controls had one.
};
std::string_view ToString(Class verdict);  // "likely_poisoned"

// The class of one reply by the findings about it; the truth table of the
// judge's README. Independent of the order of `findings`.
Class Conclude(std::span<const Finding> findings);

struct ReplyVerdict {
  Class verdict = Class::kInsufficient;
  Mechanism mechanism = Mechanism::kNone;
  std::string injector;  // "gfw-2"; empty when not attributed.
  std::vector<Finding> fired;
};

struct MeasurementVerdict {
  std::uint32_t ordinal = 0;  // Asked::ordinal.
  Class verdict = Class::kInsufficient;
  Mechanism mechanism = Mechanism::kNone;
  std::string injector;  // Of the first forged reply; empty if none.
  // Counts for its name. Does not: what asks for another, and silence that is
  // as it should be or says nothing of this name.
  bool has_say = true;
  std::vector<ReplyVerdict> replies;  // As Asked::replies.
};

struct SetVerdict {
  // Over the target's questions; control names speak only for themselves.
  Class verdict = Class::kInsufficient;
  Mechanism mechanism = Mechanism::kNone;
  std::string injector;
  std::vector<MeasurementVerdict> measurements;  // As Case::asked.
};

// Judges a whole case with every rule of the ruleset. Pure.
SetVerdict Judge(const Case& subject);

// Names the rules that judged: changes whenever a rule's id, strength or
// effective dates change. Stored with every verdict.
std::string_view RulesetVersion();

}  // namespace taster::judge
