// SPDX-License-Identifier: Apache-2.0
// Limits of what researchers ask of silent hosts of their own.
#pragma once

#include <span>

#include "absl/status/status.h"
#include "probe/plan/plan_options.h"

namespace taster::plan {

// Queries per second of a sweep, at most; 0: this profile may not sweep. A
// sweep goes to the operator's own hosts, which no round's limit protects.
// GFWatch (USENIX Security 2021) asked 411 million names a day: 4,760/s.
constexpr double MostSweepRate(Profile profile) {
  switch (profile) {
    case Profile::kVolunteer:
      return 0;
    case Profile::kControl:
      return 6'000;
    case Profile::kLab:
      break;
  }
  return 1'000'000;
}

// PermissionDenied when the profile is a volunteer's, when a canary is not
// public (unless the configuration says lab = true), or when policy forbids
// the type.
absl::Status CheckOwnCanaries(const PlanOptions& plan,
                              std::span<const net::Endpoint> canaries,
                              std::uint16_t qtype);

// PermissionDenied unless 0 < rate <= MostSweepRate.
absl::Status CheckSweepRate(Profile profile, double rate);

}  // namespace taster::plan
