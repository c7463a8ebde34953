// SPDX-License-Identifier: Apache-2.0
// Escapes that make any octets safe to show (RFC 1035 section 5.1).
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace taster::dns {

// Appends `octet` as it may stand in a name's text: "\DDD" unless printable,
// "\." and the like where master files treat the character specially.
void AppendLabelOctet(std::uint8_t octet, std::string* text);

// Appends the presentation form, with a trailing dot and in the letter case
// given. REQUIRES: `wire` is one uncompressed name.
void AppendNameText(std::span<const std::uint8_t> wire, std::string* text);

// Appends "..." in double quotes, with what must be escaped escaped.
void AppendQuoted(std::span<const std::uint8_t> octets, std::string* text);

// Appends lower-case hex.
void AppendHex(std::span<const std::uint8_t> octets, std::string* text);

}  // namespace taster::dns
