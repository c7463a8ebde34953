// SPDX-License-Identifier: Apache-2.0
// Signed zones in memory, by ldns: responses as servers of theirs would give
// them.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "collector/control/dnssec/chain.h"
#include "collector/control/dnssec/proof.h"
#include "collector/control/dnssec/trust_anchor.h"

namespace taster::control::dnssec {

// When everything is measured, unless a test says otherwise.
inline constexpr Seconds kNow{
    std::chrono::sys_days{std::chrono::year(2026) / 11 / 22}};

// Records on the wire, with their signatures.
using Records = std::vector<std::string>;

// How a set is signed.
struct Signing {
  std::string zone{};  // Whose key; empty: nobody's.
  std::chrono::seconds from{-86400};
  std::chrono::seconds until{7 * 86400};
};

class SignedWorld {
 public:
  // ED25519, ECDSA or RSA: numbers of the IANA registry.
  explicit SignedWorld(std::uint8_t algorithm = 13);
  ~SignedWorld();
  SignedWorld(const SignedWorld&) = delete;
  SignedWorld& operator=(const SignedWorld&) = delete;

  // Zones are made when they are first named: "test.", "signed.test.".
  TrustAnchors anchors();

  // Records of one owner and type, in presentation format.
  Records Sign(const std::vector<std::string>& lines, const Signing& signing);
  std::vector<std::string> Keys(const std::string& zone);  // DNSKEY lines.
  std::string Ds(const std::string& zone);                 // The DS line.

  // Responses to questions for DS, signed by `parent`, and DNSKEY.
  std::string DsMessage(const std::string& zone, const std::string& parent);
  std::string KeyMessage(const std::string& zone);
  // Links of the zones, each below the one before, beginning with the root.
  std::vector<std::string> Zones(const std::vector<std::string>& zones);

 private:
  struct Zone;
  Zone& At(const std::string& zone);

  const std::uint8_t algorithm_;
  std::map<std::string, Zone> zones_;
};

// What a response holds.
struct Content {
  Records answer{};
  Records authority{};
  std::uint8_t rcode = 0;
};
std::string Message(const std::string& qname, std::uint16_t qtype,
                    const Content& content);

// Messages as a chain. Fails the test when one is no link.
Chain ChainOf(const std::vector<std::string>& messages);

Records operator+(Records left, const Records& right);

// NSEC3 lines of `zone` that match, or cover, exactly this name.
struct Hashing {
  std::string zone;
  int iterations = 0;
  bool opt_out = false;
};
std::string MatchLine(const Hashing& hashing, const std::string& name,
                      const std::string& types);
std::string CoverLine(const Hashing& hashing, const std::string& name);

// The record with another owner, as the expansion of a wildcard has it.
Records Renamed(const Records& records, const std::string& from,
                const std::string& to);

}  // namespace taster::control::dnssec
