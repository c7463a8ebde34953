// SPDX-License-Identifier: Apache-2.0
// A set of records with the signatures over it, in canonical form.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "proto/dns/message_reader.h"
#include "proto/dns/name.h"

namespace taster::control::dnssec {

// The RDATA of an RRSIG record (RFC 4034 section 3.1).
struct Signature {
  std::uint16_t covered = 0;
  std::uint8_t algorithm = 0;
  std::uint8_t labels = 0;
  std::uint32_t original_ttl = 0;  // Seconds.
  // Seconds since 1970, modulo 2^32.
  std::uint32_t expiration = 0;
  std::uint32_t inception = 0;
  std::uint16_t key_tag = 0;
  dns::Name signer;       // Lower case.
  std::string signature;  // Never empty.
};

// RDATA, owner and order as RFC 4034 section 6 has them, so that equal sets
// are equal here whatever the message they came in.
struct Rrset {
  dns::Name owner;  // Lower case.
  std::uint16_t type = 0;
  std::uint32_t rr_ttl = 0;             // As the message has it.
  std::vector<std::string> rdata{};     // Sorted, distinct.
  std::vector<Signature> signatures{};  // Over this set.
};

// The record's RDATA with names spelled out and in lower case where RFC 4034
// section 6.2 and RFC 6840 section 5.1 ask for it. nullopt when malformed for
// its type.
std::optional<std::string> CanonicalRdata(std::span<const std::uint8_t> message,
                                          const dns::RecordView& record);

// nullopt when `rdata` is not that of an RRSIG record.
std::optional<Signature> ReadSignature(std::string_view rdata);

// The same bytes again; `with_signature` false: what stands before the
// signature, which is signed itself (RFC 4034 section 3.1.8.1).
std::string WriteSignature(const Signature& signature, bool with_signature);

}  // namespace taster::control::dnssec
