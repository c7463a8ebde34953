// SPDX-License-Identifier: Apache-2.0
// How addresses, names and networks are told.
#pragma once

#include <string>

#include "collector/explain/story.h"
#include "proto/dns/name.h"
#include "proto/net/ip_address.h"

namespace taster::explain {

// "31.13.94.37 (AS32934, Facebook)".
std::string AddressText(const Told& told, const net::IpAddress& address);

// Without the root's dot, which is not how people write names.
std::string NameText(const dns::Name& name);

// "country CN, network AS4134".
std::string Where(const judge::Network& network);

}  // namespace taster::explain
