// SPDX-License-Identifier: Apache-2.0
// Text forms of endpoints.
#include "proto/net/endpoint.h"

#include <charconv>

namespace taster::net {
namespace {

// "1" to "65535" without sign or leading zeros; nullopt otherwise.
std::optional<std::uint16_t> ParsePort(std::string_view digits) {
  if (digits.empty() || digits.size() > 5 || digits.front() == '0') return {};
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return {};
  }
  unsigned port = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (port > 65535) return {};
  return static_cast<std::uint16_t>(port);
}

std::optional<Endpoint> Join(std::string_view address_text,
                             std::optional<std::uint16_t> port) {
  const auto address = IpAddress::Parse(address_text);
  if (!address || !port) return {};
  return Endpoint{*address, *port};
}

// "[2001:db8::1]" or "[2001:db8::1]:53".
std::optional<Endpoint> ParseBracketed(std::string_view text,
                                       std::uint16_t default_port) {
  const std::size_t close = text.find(']');
  if (close == std::string_view::npos) return {};
  const std::string_view address = text.substr(1, close - 1);
  if (address.find(':') == std::string_view::npos) return {};
  const std::string_view rest = text.substr(close + 1);
  if (rest.empty()) return Join(address, default_port);
  if (rest.front() != ':') return {};
  return Join(address, ParsePort(rest.substr(1)));
}

}  // namespace

std::optional<Endpoint> Endpoint::Parse(std::string_view text,
                                        std::uint16_t default_port) {
  if (text.empty()) return {};
  if (text.front() == '[') return ParseBracketed(text, default_port);
  const std::size_t colon = text.find(':');
  // Two colons: an IPv6 address alone.
  if (colon == std::string_view::npos || colon != text.rfind(':')) {
    return Join(text, default_port);
  }
  return Join(text.substr(0, colon), ParsePort(text.substr(colon + 1)));
}

std::string Endpoint::ToString() const {
  const std::string host =
      address.is_v4() ? address.ToString() : '[' + address.ToString() + ']';
  return host + ':' + std::to_string(port);
}

}  // namespace taster::net
