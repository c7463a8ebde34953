// SPDX-License-Identifier: Apache-2.0
// Masks what tells who the volunteer is, before anything is signed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "proto/net/ip_address.h"
#include "taster/v1/measurement.pb.h"

namespace taster::record {

// Bytes that were overwritten with zeros.
struct Masked {
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
  v1::RedactionReason reason = v1::REDACTION_REASON_UNSPECIFIED;
};

// Masks at equal length: the data of EDNS Client Subnet (RFC 7871) and COOKIE
// (RFC 7873) options, also in an OPT record that was cut off or stands where
// the message is malformed; and each of `own` addresses wherever it stands, as
// bytes or as text. `message` is a DNS message as received.
std::vector<Masked> Mask(std::string* message,
                         std::span<const net::IpAddress> own);

}  // namespace taster::record
