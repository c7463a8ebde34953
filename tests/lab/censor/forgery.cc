// SPDX-License-Identifier: Apache-2.0
// Writes the forged DNS message.
#include "tests/lab/censor/forgery.h"

#include <algorithm>

namespace taster::lab {
namespace {

constexpr std::uint16_t kClassIn = 1;

// RFC 9460 section 14.3.2.
constexpr std::uint16_t kAlpn = 1;
constexpr std::uint16_t kIpv4Hint = 4;
constexpr std::uint16_t kIpv6Hint = 6;

void Append16(Bytes& bytes, std::size_t value) {
  bytes.push_back(static_cast<std::uint8_t>(value >> 8));
  bytes.push_back(static_cast<std::uint8_t>(value));
}

void AppendAll(Bytes& bytes, ByteView more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

void AppendParameter(Bytes& rdata, std::uint16_t key, ByteView value) {
  Append16(rdata, key);
  Append16(rdata, value.size());
  AppendAll(rdata, value);
}

}  // namespace

Bytes BuildMessage(const Question& question, const Forgery& forgery) {
  Bytes message;
  message.reserve(28 + 2 * question.wire.size() + forgery.rdata.size());
  Append16(message, question.id);
  Append16(message, forgery.flags);
  for (const std::size_t count : {1, 1, 0, 0}) Append16(message, count);
  AppendAll(message, question.wire);
  if (forgery.lowers_case) {
    // Lengths of labels stay below the letters.
    const auto qname =
        message.end() - static_cast<std::ptrdiff_t>(question.wire.size());
    std::transform(qname,
                   qname + static_cast<std::ptrdiff_t>(question.qname.size()),
                   qname, [](std::uint8_t byte) {
                     const bool upper = byte >= 'A' && byte <= 'Z';
                     return std::uint8_t(upper ? byte + ('a' - 'A') : byte);
                   });
  }
  if (forgery.has_full_owner) {
    AppendAll(message, question.qname);
  } else {
    Append16(message, 0xC00C);
  }
  Append16(message, forgery.type);
  Append16(message, kClassIn);
  Append16(message, forgery.rr_ttl >> 16);
  Append16(message, forgery.rr_ttl & 0xFFFF);
  Append16(message, forgery.rdata.size());
  AppendAll(message, forgery.rdata);
  return message;
}

Bytes BuildHttpsRdata(const Ipv4& ipv4hint,
                      const std::optional<Ipv6>& ipv6hint) {
  Bytes rdata;
  Append16(rdata, 1);  // SvcPriority.
  rdata.push_back(0);  // TargetName: the owner itself.
  AppendParameter(rdata, kAlpn, std::array<std::uint8_t, 3>{2, 'h', '2'});
  AppendParameter(rdata, kIpv4Hint, ipv4hint);
  if (ipv6hint) AppendParameter(rdata, kIpv6Hint, *ipv6hint);
  return rdata;
}

Ipv6 EmbedInTeredo(const Ipv4& address) {
  Ipv6 embedded{0x20, 0x01};
  std::copy(address.begin(), address.end(), embedded.begin() + 12);
  return embedded;
}

}  // namespace taster::lab
