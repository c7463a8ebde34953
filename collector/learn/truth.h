// SPDX-License-Identifier: Apache-2.0
// What learning needs to know of the free Internet.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "collector/judge/control.h"
#include "collector/judge/prefix_table.h"
#include "proto/net/ip_address.h"

namespace taster::learn {

// All of it must outlive the learning; nothing here is a verdict.
struct Truth {
  // What controls say of a name over all its types; nullptr: nobody asked.
  std::function<const judge::Control*(const std::string& qname)> control;
  // How many registrable domains controls returned this address for.
  std::function<std::uint32_t(const net::IpAddress&)> returned_for;
  // The registrable domain of a name: names under one are not independent.
  std::function<std::string(const std::string& qname)> registrable;
  const judge::PrefixTable* origin_as = nullptr;
};

}  // namespace taster::learn
