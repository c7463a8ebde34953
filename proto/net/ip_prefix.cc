// SPDX-License-Identifier: Apache-2.0
// Text forms of prefixes.
#include "proto/net/ip_prefix.h"

#include <charconv>

namespace taster::net {
namespace {

// True iff every bit of `address` after the first `length` is zero.
bool ZeroBeyond(const IpAddress& address, int length) {
  const auto bytes = address.bytes();
  for (int bit = length; bit < address.bits(); ++bit) {
    const auto byte = bytes[static_cast<std::size_t>(bit / 8)];
    if ((byte >> (7 - bit % 8) & 1) != 0) return false;
  }
  return true;
}

// "0" to "128" without sign or leading zeros; nullopt otherwise.
std::optional<int> ParseLength(std::string_view digits) {
  if (digits.empty() || digits.size() > 3) return {};
  if (digits.size() > 1 && digits.front() == '0') return {};
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return {};
  }
  int length = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), length);
  return length;
}

}  // namespace

std::optional<IpPrefix> IpPrefix::Parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return {};
  const auto address = IpAddress::Parse(text.substr(0, slash));
  const auto length = ParseLength(text.substr(slash + 1));
  if (!address || !length || *length > address->bits()) return {};
  if (!ZeroBeyond(*address, *length)) return {};
  return IpPrefix{*address, *length};
}

std::string IpPrefix::ToString() const {
  return address.ToString() + '/' + std::to_string(length);
}

}  // namespace taster::net
