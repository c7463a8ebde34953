// SPDX-License-Identifier: Apache-2.0
// One address that a network gives for many names.
#pragma once

#include <string>

#include "collector/judge/case.h"
#include "collector/judge/reference.h"
#include "proto/net/ip_address.h"

namespace taster::judge {

// An address of the subject's reply that names of unrelated owners share in
// its network, that no control saw for this name, and whose owner is known not
// to serve it. `shared` is nullptr if there is none.
struct SharedMatch {
  const SharedAddress* shared = nullptr;
  net::IpAddress address;  // As it was answered.
};
SharedMatch FindForeignShared(const Subject& subject);

// True iff the network's own forger, which draws from pools there, leaves most
// of the names alone: then it is not the state's hand.
bool IsLeftAlone(const Subject& subject, const SharedAddress& shared);

// For people.
std::string ReasonFor(const SharedAddress& shared);

}  // namespace taster::judge
