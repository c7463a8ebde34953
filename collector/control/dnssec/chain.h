// SPDX-License-Identifier: Apache-2.0
// What proves an answer: the answer, and the keys from its zone up to the root.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "collector/control/dnssec/link.h"

namespace taster::control::dnssec {

// The first link is the answer that is to be proved; then DS and DNSKEY links
// of the zones around it, in any order.
using Chain = std::vector<Link>;

inline constexpr std::size_t kMaxLinks = 64;
inline constexpr std::size_t kMaxLinkBytes = 16 * 1024;
inline constexpr std::size_t kMaxChainBytes = 128 * 1024;

// Each link as WriteLink has it behind its length in two bytes, as messages
// follow each other over TCP (RFC 1035 section 4.2.2).
std::string WriteChain(const Chain& chain);

// nullopt: empty, beyond a limit above, or not links from end to end.
std::optional<Chain> ReadChain(std::span<const std::uint8_t> bytes);

// nullptr: no such link.
const Link* FindLink(const Chain& chain, const dns::Name& qname,
                     std::uint16_t qtype);

}  // namespace taster::control::dnssec
