// SPDX-License-Identifier: Apache-2.0
// Query templates by ldns, patched by hand.
#include "proto/dns/query_builder.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "absl/status/status.h"
#include "proto/dns/constants.h"
// Last: it defines macros that break the standard library's headers.
#include <ldns/ldns.h>

namespace taster::dns {
namespace {

// Owner name (root), TYPE, CLASS, TTL, RDLENGTH of an OPT without options.
constexpr std::size_t kOptBytes = 11;
// Option 3 without data (RFC 5001 section 2.1).
constexpr std::array<std::uint8_t, 4> kNsid = {0, 3, 0, 0};
constexpr std::uint8_t kClientSubnet = 8;  // RFC 7871 section 6.

struct PacketDeleter {
  void operator()(ldns_pkt* packet) const { ldns_pkt_free(packet); }
};
using Packet = std::unique_ptr<ldns_pkt, PacketDeleter>;

struct WireDeleter {
  void operator()(std::uint8_t* wire) const { std::free(wire); }
};
using Wire = std::unique_ptr<std::uint8_t, WireDeleter>;

// The option as RFC 7871 section 6 draws it, without a scope.
void AppendClientSubnet(const net::IpPrefix& subnet,
                        std::vector<std::uint8_t>* options) {
  const auto length = static_cast<std::uint8_t>(subnet.length);
  const auto bytes = static_cast<std::uint8_t>((subnet.length + 7) / 8);
  const std::uint8_t family = subnet.address.is_v4() ? 1 : 2;
  options->insert(options->end(),
                  {0, kClientSubnet, 0, static_cast<std::uint8_t>(4 + bytes), 0,
                   family, length, 0});
  const auto address = subnet.address.bytes().first(bytes);
  options->insert(options->end(), address.begin(), address.end());
}

// Empty without EDNS.
std::vector<std::uint8_t> OptionsOf(const QueryShape& shape) {
  std::vector<std::uint8_t> options;
  if (!shape.edns) return options;
  if (shape.nsid) options.assign(kNsid.begin(), kNsid.end());
  if (shape.client_subnet) AppendClientSubnet(*shape.client_subnet, &options);
  return options;
}

Packet MakeRootQuery(const QueryShape& shape) {
  ldns_rdf* root = ldns_dname_new_frm_str(".");
  if (root == nullptr) return nullptr;
  const std::uint16_t flags = shape.recursion_desired ? LDNS_RD : 0;
  // Takes `root`.
  Packet packet(ldns_pkt_query_new(root, static_cast<ldns_rr_type>(shape.qtype),
                                   static_cast<ldns_rr_class>(shape.qclass),
                                   flags));
  if (packet == nullptr) return nullptr;
  ldns_pkt_set_id(packet.get(), 0);
  ldns_pkt_set_cd(packet.get(), shape.checking_disabled);
  if (shape.edns) {
    ldns_pkt_set_edns_udp_size(packet.get(), shape.udp_payload_bytes);
    ldns_pkt_set_edns_do(packet.get(), shape.dnssec_ok);
    const auto options = OptionsOf(shape);
    // Takes the data.
    if (!options.empty()) {
      ldns_pkt_set_edns_data(
          packet.get(), ldns_rdf_new_frm_data(LDNS_RDF_TYPE_UNKNOWN,
                                              options.size(), options.data()));
    }
  }
  return packet;
}

}  // namespace

absl::StatusOr<QueryTemplate> QueryTemplate::Build(const QueryShape& shape) {
  const Packet packet = MakeRootQuery(shape);
  if (packet == nullptr) return absl::InternalError("ldns made no query");
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (ldns_pkt2wire(&bytes, packet.get(), &size) != LDNS_STATUS_OK) {
    return absl::InternalError("ldns cannot write the query");
  }
  const Wire wire(bytes);
  const std::size_t name_end = kHeaderBytes + 1;  // The root's zero byte.
  const std::size_t opt = shape.edns ? kOptBytes + OptionsOf(shape).size() : 0;
  const std::size_t expected = name_end + 4 + opt;
  if (size != expected || bytes[kHeaderBytes] != 0) {
    return absl::InternalError("ldns wrote a query of another shape");
  }
  QueryTemplate result;
  result.shape_ = shape;
  result.head_.assign(bytes, bytes + kHeaderBytes);
  result.tail_.assign(bytes + name_end, bytes + size);
  return result;
}

std::size_t QueryTemplate::Write(std::uint16_t id,
                                 std::span<const std::uint8_t> qname_wire,
                                 std::span<std::uint8_t> out) const {
  auto at = std::copy(head_.begin(), head_.end(), out.begin());
  out[0] = static_cast<std::uint8_t>(id >> 8);
  out[1] = static_cast<std::uint8_t>(id & 0xff);
  at = std::copy(qname_wire.begin(), qname_wire.end(), at);
  at = std::copy(tail_.begin(), tail_.end(), at);
  return static_cast<std::size_t>(at - out.begin());
}

void Randomise0x20(std::uint64_t random, std::span<std::uint8_t> qname_wire) {
  for (auto& byte : qname_wire) {
    const bool upper = byte >= 'A' && byte <= 'Z';
    const bool lower = byte >= 'a' && byte <= 'z';
    // Length bytes are below every letter.
    if (!upper && !lower) continue;
    byte = static_cast<std::uint8_t>((byte & ~0x20) | (random & 1) << 5);
    random = random >> 1 | random << 63;
  }
}

}  // namespace taster::dns
