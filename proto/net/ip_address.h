// SPDX-License-Identifier: Apache-2.0
// An IPv4 or IPv6 address as a value.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace taster::net {

enum class Family : std::uint8_t { kIpv4 = 4, kIpv6 = 6 };

// Trivially copyable, 17 bytes. IPv4 addresses sort before IPv6 ones, and
// within a family by their bytes. An IPv4-mapped IPv6 address is an IPv6
// address here; who wants it decoded calls `Unmapped`.
class IpAddress {
 public:
  // 0.0.0.0.
  constexpr IpAddress() = default;

  // `host_order` is 0x7f000001 for 127.0.0.1.
  static constexpr IpAddress FromV4(std::uint32_t host_order) {
    IpAddress address;
    for (std::size_t i = 0; i < 4; ++i) {
      address.bytes_[i] = static_cast<std::uint8_t>(host_order >> (24 - 8 * i));
    }
    return address;
  }

  static constexpr IpAddress FromV6(
      const std::array<std::uint8_t, 16>& network_order) {
    IpAddress address;
    address.family_ = Family::kIpv6;
    address.bytes_ = network_order;
    return address;
  }

  // Network order; nullopt unless there are 4 or 16 bytes.
  static constexpr std::optional<IpAddress> FromBytes(
      std::span<const std::uint8_t> network_order) {
    IpAddress address;
    if (network_order.size() == 4) {
      std::copy_n(network_order.begin(), 4, address.bytes_.begin());
    } else if (network_order.size() == 16) {
      address.family_ = Family::kIpv6;
      std::copy_n(network_order.begin(), 16, address.bytes_.begin());
    } else {
      return {};
    }
    return address;
  }

  // Dotted quad or RFC 4291 text; no zone, no brackets, no leading zeros.
  // nullopt for anything else.
  static std::optional<IpAddress> Parse(std::string_view text);

  constexpr Family family() const { return family_; }
  constexpr bool is_v4() const { return family_ == Family::kIpv4; }
  // 4 or 16 bytes in network order; valid as long as this object.
  constexpr std::span<const std::uint8_t> bytes() const {
    return {bytes_.data(), is_v4() ? std::size_t{4} : std::size_t{16}};
  }
  constexpr int bits() const { return is_v4() ? 32 : 128; }
  // The IPv4 inside ::ffff:0:0/96 or 64:ff9b::/96 (RFC 6052); else itself.
  IpAddress Unmapped() const;

  // Dotted quad, or RFC 5952 text.
  std::string ToString() const;

  friend constexpr auto operator<=>(const IpAddress&,
                                    const IpAddress&) = default;
  // Two words at a time: every answer is sought among a control's addresses.
  friend constexpr bool operator==(const IpAddress& left,
                                   const IpAddress& right) {
    using Words = std::array<std::uint64_t, 2>;
    const auto ours = std::bit_cast<Words>(left.bytes_);
    const auto theirs = std::bit_cast<Words>(right.bytes_);
    return left.family_ == right.family_ && ours[0] == theirs[0] &&
           ours[1] == theirs[1];
  }

  // For absl hash tables.
  template <typename H>
  friend H AbslHashValue(H state, const IpAddress& address) {
    return H::combine(std::move(state), address.family_, address.bytes_);
  }

 private:
  Family family_ = Family::kIpv4;
  std::array<std::uint8_t, 16> bytes_{};  // IPv4: the first 4, others zero.
};

}  // namespace taster::net
