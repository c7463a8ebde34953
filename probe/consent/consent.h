// SPDX-License-Identifier: Apache-2.0
// Whether a person has agreed to the text that this program has.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace taster::consent {

// How far an agreement goes; each level includes those before it.
enum class Level {
  kQuestions,  // DNS questions, and traces on demand.
  kChecks,     // Connections to answered addresses too.
};

// What consent.json says.
struct Consent {
  int version = 0;
  std::string time;          // RFC 3339, UTC.
  std::string language;      // "en"
  std::string text_blake2b;  // Lower-case hex.
  Level level = Level::kQuestions;
};

// Writes consent.json for `version`, which must be the current text's:
// InvalidArgument otherwise. REQUIRES: a person asked for exactly this.
absl::Status Accept(const std::filesystem::path& state_dir, int version,
                    std::chrono::sys_seconds now,
                    Level level = Level::kQuestions);

// NotFound when nobody agreed; FailedPrecondition when the file is not ours
// alone or makes no sense.
absl::StatusOr<Consent> Read(const std::filesystem::path& state_dir);

// OK iff the file is there, fits version and hash of the compiled text, and was
// agreed to for `level`. PermissionDenied otherwise, with the one-line remedy.
absl::Status Check(const std::filesystem::path& state_dir,
                   Level level = Level::kQuestions);

}  // namespace taster::consent
