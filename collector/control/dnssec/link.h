// SPDX-License-Identifier: Apache-2.0
// One response as a link of a chain: what was asked, and the signed sets that
// answer it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "collector/control/dnssec/rrset.h"
#include "proto/dns/name.h"

namespace taster::control::dnssec {

struct Link {
  dns::Name qname;  // Lower case.
  std::uint16_t qtype = 0;
  std::uint8_t rcode = 0;
  std::vector<Rrset> answer{};
  // SOA, NSEC and NSEC3 alone: what proves that something is not there.
  std::vector<Rrset> authority{};
};

// From a message that somebody hostile may have written. nullopt unless it is
// one whole response to one question of class IN, with well-formed RDATA where
// a name or a signature stands in it. Signatures over sets that are not there
// are dropped, and so is what else no proof needs.
std::optional<Link> ReadLink(std::span<const std::uint8_t> message);

// The link as a response, without compression, id 0: what ReadLink reads the
// same link from. Equal links give equal bytes. TTLs are those that were
// signed, where something is.
std::string WriteLink(const Link& link);

// The set of this owner and type; nullptr: not there.
const Rrset* FindRrset(const std::vector<Rrset>& sets, const dns::Name& owner,
                       std::uint16_t type);

}  // namespace taster::control::dnssec
