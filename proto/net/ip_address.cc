// SPDX-License-Identifier: Apache-2.0
// Text forms of addresses, and IPv4 addresses inside IPv6 ones.
#include "proto/net/ip_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace taster::net {
namespace {

// ::ffff:0:0/96 (RFC 4291 section 2.5.5.2).
constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0,    0,
                                                  0, 0, 0, 0, 0xff, 0xff};
// 64:ff9b::/96 (RFC 6052 section 2.1).
constexpr std::array<std::uint8_t, 12> kTranslated = {
    0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

bool StartsWith(std::span<const std::uint8_t> bytes,
                const std::array<std::uint8_t, 12>& prefix) {
  return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

// Room for the longest text form, filled from the left.
class TextBuffer {
 public:
  void Add(char c) { chars_[size_++] = c; }
  void AddNumber(unsigned number, int base) {
    char* const begin = chars_.data() + size_;
    const auto end =
        std::to_chars(begin, chars_.data() + chars_.size(), number, base);
    size_ += static_cast<std::size_t>(end.ptr - begin);
  }
  std::string ToString() const { return {chars_.data(), size_}; }

 private:
  std::array<char, INET6_ADDRSTRLEN> chars_{};
  std::size_t size_ = 0;
};

std::string DottedQuad(std::span<const std::uint8_t> bytes) {
  TextBuffer text;
  for (std::size_t i = 0; i < 4; ++i) {
    if (i > 0) text.Add('.');
    text.AddNumber(bytes[i], 10);
  }
  return text.ToString();
}

struct ZeroRun {
  std::size_t first = 8;
  std::size_t length = 0;
};

// The first of the longest runs of at least two zero groups: what RFC 5952
// section 4.2 writes as "::".
ZeroRun LongestZeroRun(const std::array<unsigned, 8>& groups) {
  ZeroRun best;
  ZeroRun current;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] != 0) {
      current = {};
      continue;
    }
    if (current.length++ == 0) current.first = i;
    if (current.length > best.length) best = current;
  }
  return best.length >= 2 ? best : ZeroRun{};
}

std::string ColonHex(std::span<const std::uint8_t> bytes) {
  std::array<unsigned, 8> groups{};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    groups[i] = static_cast<unsigned>(bytes[2 * i] << 8 | bytes[2 * i + 1]);
  }
  const ZeroRun run = LongestZeroRun(groups);
  TextBuffer text;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (i == run.first) {
      text.Add(':');
      text.Add(':');
      i += run.length - 1;
      continue;
    }
    if (i > 0 && i != run.first + run.length) text.Add(':');
    text.AddNumber(groups[i], 16);
  }
  return text.ToString();
}

}  // namespace

std::optional<IpAddress> IpAddress::Parse(std::string_view text) {
  // inet_pton stops at NUL, so a NUL inside would hide what follows it.
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  if (text.size() >= terminated.size()) return {};
  if (text.find('\0') != std::string_view::npos) return {};
  std::copy(text.begin(), text.end(), terminated.begin());

  std::array<std::uint8_t, 16> bytes{};
  if (text.find(':') != std::string_view::npos) {
    if (inet_pton(AF_INET6, terminated.data(), bytes.data()) != 1) return {};
    return FromV6(bytes);
  }
  if (inet_pton(AF_INET, terminated.data(), bytes.data()) != 1) return {};
  return FromBytes(std::span(bytes).first(4));
}

IpAddress IpAddress::Unmapped() const {
  if (is_v4()) return *this;
  if (!StartsWith(bytes_, kMapped) && !StartsWith(bytes_, kTranslated)) {
    return *this;
  }
  return *FromBytes(std::span(bytes_).last(4));
}

std::string IpAddress::ToString() const {
  if (is_v4()) return DottedQuad(bytes_);
  // RFC 5952 section 5: mixed notation where the prefix tells of an IPv4
  // address.
  if (StartsWith(bytes_, kMapped)) {
    return "::ffff:" + DottedQuad(std::span(bytes_).last(4));
  }
  return ColonHex(bytes_);
}

}  // namespace taster::net
