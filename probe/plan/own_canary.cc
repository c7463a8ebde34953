// SPDX-License-Identifier: Apache-2.0
// The same limits as for rounds, and the profile.
#include "probe/plan/own_canary.h"

#include <string>

namespace taster::plan {

absl::Status CheckOwnCanaries(const PlanOptions& plan,
                              std::span<const net::Endpoint> canaries,
                              std::uint16_t qtype) {
  if (plan.profile == Profile::kVolunteer) {
    return absl::PermissionDeniedError(
        "only for profile \"control\" or \"lab\": a volunteer's probe asks no "
        "host of its own in bulk");
  }
  PlanOptions as_plan = plan;
  as_plan.canaries.assign(canaries.begin(), canaries.end());
  as_plan.types = {qtype};
  return CheckPolicy(as_plan);
}

absl::Status CheckSweepRate(Profile profile, double rate) {
  const double most = MostSweepRate(profile);
  if (rate > 0 && rate <= most) return absl::OkStatus();
  return absl::PermissionDeniedError("--rate: this profile may sweep at " +
                                     std::to_string(static_cast<long>(most)) +
                                     " queries per second at most");
}

}  // namespace taster::plan
