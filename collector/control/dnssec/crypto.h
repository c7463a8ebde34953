// SPDX-License-Identifier: Apache-2.0
// What is computed with keys and digests, by ldns: over bytes that our own
// reader took apart and whose sizes are checked here first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "collector/control/dnssec/rrset.h"
#include "proto/dns/name.h"

namespace taster::control::dnssec {

// RSA with SHA-256 or SHA-512, ECDSA, EdDSA (RFC 5702, 6605, 8080). SHA-1 is
// not among them: who can find collisions can sign (RFC 9905).
bool IsAlgorithmKnown(std::uint8_t algorithm);
// SHA-256 or SHA-384 (RFC 4509, 6605).
bool IsDigestKnown(std::uint8_t digest_type);

// The RDATA of a DNSKEY record (RFC 4034 section 2.1).
struct Key {
  std::uint16_t flags = 0;
  std::uint8_t protocol = 0;
  std::uint8_t algorithm = 0;
  std::uint16_t tag = 0;  // RFC 4034 appendix B.
  std::string public_key{};
  std::string rdata{};  // Whole.

  // May sign its zone's records (section 2.1.1), and is not revoked (RFC 5011
  // section 2.1).
  bool IsZoneKey() const {
    return (flags & 0x0100) != 0 && (flags & 0x0080) == 0 && protocol == 3;
  }
};

// nullopt when too short for any key.
std::optional<Key> ReadKey(std::string_view rdata);

// Whether `key` made `signature` over `set`, whenever that was. False too for
// a key that could cost more work than a real one: RSA beyond 4,096 bits (RFC
// 5702 section 2) or with an exponent beyond 64 bits.
bool Verifies(const Rrset& set, const Signature& signature, const Key& key);

// Whether the RDATA of a DS record of `owner` is the digest of this key.
bool IsDigestOf(std::string_view ds, const dns::Name& owner, const Key& key);

// The DS RDATA, SHA-256, of a key of `owner`.
std::string MakeDs(const dns::Name& owner, const Key& key);

// SHA-1, iterated (RFC 5155 section 5): 20 bytes.
std::string HashName(const dns::Name& name, std::uint16_t iterations,
                     std::string_view salt);

}  // namespace taster::control::dnssec
