// SPDX-License-Identifier: Apache-2.0
// The keyed hash: 64-bit words folded by a widening multiplication.
#include "probe/capture/echo_mark.h"

#include <array>
#include <cstddef>
#include <cstring>

#include "proto/dns/constants.h"
#include "proto/dns/name.h"

namespace taster::capture {
namespace {

__extension__ using Wide = unsigned __int128;

std::uint16_t Read16(std::span<const std::uint8_t> message, std::size_t at) {
  return static_cast<std::uint16_t>(message[at] << 8 | message[at + 1]);
}

// Eight octets at once; a label's length octet is at most 63 and so below 'A'.
std::uint64_t Lower8(std::uint64_t octets) {
  constexpr std::uint64_t kEach = 0x0101010101010101;
  const std::uint64_t low_bits = octets & 0x7f * kEach;
  const std::uint64_t at_least_a = low_bits + (0x80 - 'A') * kEach;
  const std::uint64_t beyond_z = low_bits + (0x80 - 'Z' - 1) * kEach;
  const std::uint64_t ascii = ~octets;
  const std::uint64_t upper = (at_least_a & ~beyond_z & ascii) & 0x80 * kEach;
  return octets | upper >> 2;
}

// Octets of the uncompressed name at `at`, its zero byte included; 0 when
// there is none.
std::size_t NameBytes(std::span<const std::uint8_t> message, std::size_t at) {
  const std::size_t begin = at;
  while (at < message.size()) {
    const std::size_t length = message[at];
    at += 1 + length;
    if (at - begin > dns::Name::kMaxBytes) return 0;
    if (length == 0) return at - begin;
    if (length > dns::Name::kMaxLabelBytes) return 0;
  }
  return 0;
}

}  // namespace

EchoMark::EchoMark(RandomSource* random)
    : first_key_(random->Next64()), second_key_(random->Next64() | 1) {}

std::uint64_t EchoMark::Mix(std::uint64_t left, std::uint64_t right) const {
  const Wide product =
      static_cast<Wide>(left ^ first_key_) * (right ^ second_key_);
  return static_cast<std::uint64_t>(product) ^
         static_cast<std::uint64_t>(product >> 64);
}

std::uint32_t EchoMark::OfServer(const net::Endpoint& server) const {
  const auto bytes = server.address.bytes();
  std::array<std::uint64_t, 2> words{};
  std::memcpy(words.data(), bytes.data(), bytes.size());
  std::uint64_t mark = Mix(words[0], server.port + 0x10000 * bytes.size());
  mark = Mix(mark, words[1]);
  return static_cast<std::uint32_t>(mark >> 32);
}

std::uint32_t EchoMark::OfQuestion(std::span<const std::uint8_t> qname_wire,
                                   std::uint16_t qtype) const {
  std::uint64_t mark = Mix(qtype, qname_wire.size());
  std::uint64_t octets = 0;
  while (qname_wire.size() >= sizeof(octets)) {
    std::memcpy(&octets, qname_wire.data(), sizeof(octets));
    mark = Mix(mark, Lower8(octets));
    qname_wire = qname_wire.subspan(sizeof(octets));
  }
  octets = 0;
  std::memcpy(&octets, qname_wire.data(), qname_wire.size());
  mark = Mix(mark, Lower8(octets));
  return static_cast<std::uint32_t>(mark >> 32);
}

std::optional<std::uint32_t> EchoMark::OfEcho(
    std::span<const std::uint8_t> message) const {
  if (message.size() < dns::kHeaderBytes) return {};
  if ((Read16(message, 2) & dns::kFlagQr) == 0) return {};
  if (Read16(message, 4) != 1) return {};
  const std::size_t size = NameBytes(message, dns::kHeaderBytes);
  const std::size_t type_at = dns::kHeaderBytes + size;
  if (size == 0 || message.size() < type_at + 4) return {};
  if (Read16(message, type_at + 2) != dns::kClassIn) return {};
  return OfQuestion(message.subspan(dns::kHeaderBytes, size),
                    Read16(message, type_at));
}

}  // namespace taster::capture
