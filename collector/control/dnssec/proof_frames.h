// SPDX-License-Identifier: Apache-2.0
// What a collector and its validator say to each other: a length of four bytes
// in network order, and so many bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "collector/control/dnssec/chain.h"
#include "collector/control/dnssec/proof.h"

namespace taster::control::dnssec {

inline constexpr std::size_t kMaxReasonBytes = 2048;
// A time and a chain.
inline constexpr std::size_t kMaxRequestBytes = 8 + kMaxChainBytes;
// Numbers, and a reason for the whole and for each link.
inline constexpr std::size_t kMaxResponseBytes =
    32 + (kMaxLinks + 1) * (3 + kMaxReasonBytes);

struct ProofRequest {
  Seconds time{};
  Chain chain;
};

// Without the length.
std::string WriteRequest(const Chain& chain, Seconds time);
std::optional<ProofRequest> ReadRequest(std::span<const std::uint8_t> bytes);

std::string WriteProof(const Proof& proof);
// Of a chain of `links` links. nullopt when it is none: a validator that was
// led astray may say anything. Reasons come back printable.
std::optional<Proof> ReadProof(std::span<const std::uint8_t> bytes,
                               std::size_t links);

// The bytes behind their length.
std::string Framed(std::string_view bytes);

}  // namespace taster::control::dnssec
