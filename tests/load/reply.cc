// SPDX-License-Identifier: Apache-2.0
#include "tests/load/reply.h"

namespace taster::load {
namespace {

constexpr std::uint8_t kResponse = 0x80;
constexpr std::uint8_t kAuthoritative = 0x04;
constexpr std::uint8_t kRecursionDesired = 0x01;
constexpr std::uint8_t kRecursionAvailable = 0x80;

void Put16(std::uint16_t value, std::string* out) {
  *out += static_cast<char>(value >> 8);
  *out += static_cast<char>(value & 0xff);
}

// Header and question (RFC 1035 section 4.1).
std::string Begin(const dns::Name& name, std::uint16_t id, std::uint8_t first,
                  std::uint8_t second, std::size_t answers) {
  std::string message;
  Put16(id, &message);
  message += static_cast<char>(first);
  message += static_cast<char>(second);
  Put16(1, &message);
  Put16(static_cast<std::uint16_t>(answers), &message);
  message.append(4, '\0');
  message.append(reinterpret_cast<const char*>(name.wire().data()),
                 name.wire().size());
  Put16(1, &message);
  Put16(1, &message);
  return message;
}

}  // namespace

std::string Query(const dns::Name& name, std::uint16_t id) {
  return Begin(name, id, kRecursionDesired, 0, 0);
}

std::string Reply(const dns::Name& name, std::uint16_t id,
                  std::span<const net::IpAddress> addresses,
                  const Shape& shape) {
  std::uint8_t first = kResponse | kRecursionDesired;
  if (shape.aa) first |= kAuthoritative;
  std::string message =
      Begin(name, id, first, kRecursionAvailable, addresses.size());
  for (const auto& address : addresses) {
    Put16(0xc00c, &message);  // The question's name.
    Put16(1, &message);
    Put16(1, &message);
    Put16(static_cast<std::uint16_t>(shape.rr_ttl >> 16), &message);
    Put16(static_cast<std::uint16_t>(shape.rr_ttl & 0xffff), &message);
    Put16(4, &message);
    message.append(reinterpret_cast<const char*>(address.bytes().data()), 4);
  }
  return message;
}

}  // namespace taster::load
