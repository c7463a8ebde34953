// SPDX-License-Identifier: Apache-2.0
// What a rule is, and the one way in which rules are applied.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "collector/judge/case.h"
#include "collector/judge/mechanism.h"

namespace taster::judge {

enum class Strength : std::uint8_t {
  kConfirms,    // An artefact with no innocent explanation.
  kSuggests,    // Forgery explains it; something else could.
  kRanks,       // Worth asking again; never changes a class.
  kExonerates,  // Evidence that this reply is genuine.
};

// Which family of evidence a rule belongs to. Two rules of one kind are one
// witness: they fail together.
enum class Kind : std::uint8_t {
  kWire,       // Packets as they came.
  kControl,    // Rests on the control snapshot.
  kProof,      // DNSSEC, certificates.
  kCrossName,  // What other names drew in the same network.
  kList,       // A list of known forgeries.
};

enum class Status : std::uint8_t {
  kNotApplicable,  // The subject has nothing for this rule to look at.
  kNotEffective,   // Measured outside [effective_from, effective_until).
  kClear,          // Looked, and found nothing.
  kFired,
};

// What made a rule fire, for people: `subject` is the thing (an address), the
// `reason` one sentence.
struct Evidence {
  std::string subject;
  std::string reason;
};

struct Rule {
  std::string_view id;        // Permanent. New meaning, new id.
  std::string_view summary;   // What the rule claims when it fires.
  std::string_view citation;  // Paper section, RFC section or dataset entry.
  Strength strength = Strength::kRanks;
  Kind kind = Kind::kWire;
  Mechanism mechanism = Mechanism::kNone;  // The one it speaks for, if any.
  std::chrono::sys_days effective_from = std::chrono::sys_days::min();
  std::chrono::sys_days effective_until = std::chrono::sys_days::max();

  bool (*applies)(const Subject&) = nullptr;
  std::optional<Evidence> (*examine)(const Subject&) = nullptr;
};

// What one rule said of one reply. The rule outlives it (registry).
struct Finding {
  const Rule* rule = nullptr;
  Status status = Status::kNotApplicable;
  Evidence evidence;  // Only when fired.
};

// applies, then effective, then examine.
Finding Apply(const Rule& rule, const Subject& subject);

// The same for who asks only what fired: most rules have nothing to look at in
// most replies.
std::optional<Evidence> Fire(const Rule& rule, const Subject& subject);

}  // namespace taster::judge
