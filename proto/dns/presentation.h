// SPDX-License-Identifier: Apache-2.0
// Shows messages to people: dig-like text, safe for a terminal.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace taster::dns {

// "A", "AAAA", "HTTPS", "TYPE4711" (RFC 3597).
std::string TypeToText(std::uint16_t type);
// 0 for unknown text. Accepts "TYPE4711" and any letter case.
std::uint16_t TypeFromText(std::string_view text);
// "NOERROR", "NXDOMAIN", "RCODE11".
std::string RcodeToText(std::uint8_t rcode);

// The message as `dig` would show it: header, flags, question, records; what
// is malformed is said in a last line ";; malformed: ...". Own reader, so
// hostile bytes are safe; every byte outside printable ASCII is escaped.
std::string MessageToText(std::span<const std::uint8_t> message);

// Sixteen bytes a line: offset, hex, printable ASCII.
std::string HexDump(std::span<const std::uint8_t> bytes);

}  // namespace taster::dns
