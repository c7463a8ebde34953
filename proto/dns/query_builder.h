// SPDX-License-Identifier: Apache-2.0
// Builds queries: a template per kind of question through ldns, then a cheap
// patch of id and name for each query sent.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "proto/dns/name.h"
#include "proto/net/ip_prefix.h"

namespace taster::dns {

// What is the same for every name that is asked in one way.
struct QueryShape {
  std::uint16_t qtype = 1;
  std::uint16_t qclass = 1;        // IN; CH where a server tells of itself.
  bool recursion_desired = true;   // RD
  bool checking_disabled = false;  // CD (RFC 4035)
  bool edns = true;
  bool dnssec_ok = true;                   // DO; only with `edns`
  std::uint16_t udp_payload_bytes = 1232;  // Only with `edns`.
  bool nsid = false;  // Asks who answers (RFC 5001); only with `edns`.
  // On whose behalf the name is asked for (RFC 7871); only with `edns`. Bits
  // behind the prefix must be zero. nullopt: nobody is named.
  std::optional<net::IpPrefix> client_subnet = std::nullopt;

  friend bool operator==(const QueryShape&, const QueryShape&) = default;
  friend auto operator<=>(const QueryShape&, const QueryShape&) = default;
};

// A query for the root, built by ldns, into which names are patched.
class QueryTemplate {
 public:
  // Errors: Internal when ldns cannot build the shape.
  static absl::StatusOr<QueryTemplate> Build(const QueryShape& shape);

  // Largest query that Write can produce: header, name, question, OPT.
  static constexpr std::size_t kMaxQueryBytes = 12 + 255 + 4 + 64;

  // Writes the whole query with `id` and `qname` (letter case as given) into
  // `out` and returns its size. REQUIRES: out.size() >= kMaxQueryBytes.
  std::size_t Write(std::uint16_t id, std::span<const std::uint8_t> qname_wire,
                    std::span<std::uint8_t> out) const;

  const QueryShape& shape() const { return shape_; }

 private:
  QueryShape shape_;
  std::vector<std::uint8_t> head_;  // Header, as for id 0.
  std::vector<std::uint8_t> tail_;  // QTYPE, QCLASS, OPT.
};

// Gives each ASCII letter of `qname_wire` a random case from the bits of
// `random` (draft-vixie-dnsext-dns0x20), repeating them as needed.
void Randomise0x20(std::uint64_t random, std::span<std::uint8_t> qname_wire);

}  // namespace taster::dns
