// SPDX-License-Identifier: Apache-2.0
// RDATA as text; what MessageToText is made of.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "proto/dns/message_reader.h"
#include "proto/dns/rdata_cursor.h"

namespace taster::dns {

// Appends the RDATA of `record`, which was read from `message`, in
// presentation format. What is not known, or malformed for its type, is
// written as RFC 3597 section 5 has it: "\# 4 c0000201". False iff malformed.
bool AppendRdata(std::span<const std::uint8_t> message,
                 const RecordView& record, std::string* text);

// Appends priority, target and parameters as RFC 9460 appendix D shows them.
// False when malformed; `*text` then holds what stood before the defect.
bool AppendSvcb(std::span<const std::uint8_t> rdata, std::string* text);

// Appends the RDATA of a DS, RRSIG, NSEC, DNSKEY or NSEC3 record (RFC 4034, RFC
// 5155). False when malformed, likewise.
bool AppendDnssec(std::uint16_t type, RdataCursor* rdata, std::string* text);

// Appends lines that start with "; " for an OPT record and each of its
// options. False when malformed, likewise.
bool AppendOpt(const RecordView& opt, std::string* text);

}  // namespace taster::dns
