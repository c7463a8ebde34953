// SPDX-License-Identifier: Apache-2.0
// Queries as packets, and what a test wants to know of the packets they draw.
#pragma once

#include <string>

#include "tests/lab/censor/censor.h"

namespace taster::lab {

struct QuerySpec {
  std::string name = {};
  std::uint16_t type = kTypeA;
  std::uint16_t id = 0x1234;
  bool recursion_desired = true;
  bool is_ipv6 = false;
  std::uint8_t ip_ttl = 63;
  std::uint16_t source_port = 40000;
  std::uint16_t destination_port = 53;
};

// QNAME in wire form.
Bytes EncodeName(const std::string& name);

// A DNS query with EDNS.
Bytes MakeMessage(const QuerySpec& spec);

// The packet around a message: from 10.9.0.2 to 10.9.6.66, or their IPv6 twins.
Bytes MakePacket(const QuerySpec& spec, ByteView message);
Bytes MakePacket(const QuerySpec& spec);

// Small rules: pools of a few addresses and one name a group, `both.test` to
// `s10.test`, and `drop.test`.
Rules MakeRules();

// The emission of one injector; nullptr if it is silent.
const Emission* From(Injector injector, const Decision& decision);

// Fields of an emission's DNS message.
std::uint16_t FlagsOf(const Emission& emission);
std::uint16_t TypeOf(const Emission& emission);
std::uint32_t RrTtlOf(const Emission& emission);
Bytes RdataOf(const Emission& emission);

// Asks a censor, outwards.
Decision Ask(Censor& censor, const QuerySpec& spec);

}  // namespace taster::lab
