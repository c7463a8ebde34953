// SPDX-License-Identifier: Apache-2.0
// HKDF-SHA256 (RFC 5869), which Debian 12's libsodium does not have.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace taster::envelope {

// Fills `out` with key material derived from `secret`. An empty `salt` means
// 32 zero bytes. REQUIRES: out.size() <= 255 * 32.
void HkdfSha256(std::span<const std::uint8_t> secret,
                std::span<const std::uint8_t> salt, std::string_view info,
                std::span<std::uint8_t> out);

}  // namespace taster::envelope
