// SPDX-License-Identifier: Apache-2.0
// Plans that the tests of this room start from.
#pragma once

#include "probe/plan/plan_options.h"
#include "proto/dns/constants.h"

namespace taster::plan {

inline net::Endpoint Server(std::string_view text) {
  return net::Endpoint::Parse(text, 53).value();
}

inline dns::Name MakeName(std::string_view text) {
  return dns::Name::Parse(text).value();
}

// A plan that every volunteer may run.
inline PlanOptions Volunteer() {
  PlanOptions options;
  options.control_name = MakeName("example.org");
  options.types = {dns::kTypeA, dns::kTypeAaaa, dns::kTypeHttps};
  options.system = {Server("192.168.1.1")};
  options.resolvers = {Server("8.8.8.8"), Server("1.1.1.1")};
  options.canaries = {Server("202.0.2.1")};
  return options;
}

}  // namespace taster::plan
