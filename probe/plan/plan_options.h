// SPDX-License-Identifier: Apache-2.0
// What an operator wants asked, how, and how fast.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "probe/plan/caps.h"
#include "proto/dns/name.h"
#include "proto/net/endpoint.h"

namespace taster::plan {

struct PlanOptions {
  Profile profile = Profile::kVolunteer;
  bool lab = false;                      // Private addresses are meant.
  dns::Name control_name;                // A name that nobody blocks.
  std::vector<std::uint16_t> types;      // Query types, at least one.
  std::vector<net::Endpoint> system;     // The system's own resolvers.
  bool ask_system = true;                // By our own engine.
  std::vector<net::Endpoint> resolvers;  // Recursive resolvers beside them.
  std::vector<net::Endpoint> canaries;   // Addresses that run no DNS.
  bool system_lookup = true;             // What applications would believe.
  bool rd0_twin = true;                  // RD=0 beside, at canaries.
  double rate = 2.0;                     // Queries per second.
  std::chrono::seconds window{5};
};

// PermissionDenied, naming the key, when the compiled limits of the profile
// forbid it. Nothing is ever lowered silently. The system's own resolvers are
// whatever the network gave and are not looked at.
absl::Status CheckPolicy(const PlanOptions& options);

}  // namespace taster::plan
