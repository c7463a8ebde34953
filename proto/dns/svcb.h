// SPDX-License-Identifier: Apache-2.0
// The address hints inside SVCB and HTTPS records (RFC 9460).
#pragma once

#include <cstdint>
#include <span>

#include "absl/container/inlined_vector.h"
#include "proto/net/ip_address.h"

namespace taster::dns {

struct SvcbHints {
  // ipv4hint and ipv6hint addresses in message order; at most 32 are kept.
  absl::InlinedVector<net::IpAddress, 4> addresses;
  // SvcPriority 0: the record is an alias and has no parameters.
  bool alias_mode = false;
};

// Reads the RDATA of a type 64 or 65 record. TargetName is never compressed
// (RFC 9460 section 2.2), so RDATA is self-contained. False when malformed
// (parameters out of order, a length that lies, hints of an odd size); then
// `*hints` holds what stood before the defect.
bool ReadSvcb(std::span<const std::uint8_t> rdata, SvcbHints* hints);

}  // namespace taster::dns
