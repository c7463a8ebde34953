// SPDX-License-Identifier: Apache-2.0
// The compiled lists of addresses.
#include "probe/plan/address_policy.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "proto/net/ip_prefix.h"

namespace taster::plan {
namespace {

// IANA special-purpose address registries (RFC 6890). IPv6 is allowed inside
// 2000::/3 only, where these are the exceptions.
constexpr std::array<std::string_view, 20> kReserved = {
    "0.0.0.0/8",      "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8",
    "169.254.0.0/16", "172.16.0.0/12",  "192.0.0.0/24",  "192.0.2.0/24",
    "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",   "2001::/23",
    "2001:db8::/32",  "2002::/16",      "3fff::/20",     "2620:4f:8000::/48"};

// Google, Cloudflare, Quad9, OpenDNS, AliDNS, DNSPod, 114DNS.
constexpr std::array<std::string_view, 20> kPublicResolvers = {
    "8.8.8.8",
    "8.8.4.4",
    "2001:4860:4860::8888",
    "2001:4860:4860::8844",
    "1.1.1.1",
    "1.0.0.1",
    "2606:4700:4700::1111",
    "2606:4700:4700::1001",
    "9.9.9.9",
    "149.112.112.112",
    "2620:fe::fe",
    "2620:fe::9",
    "208.67.222.222",
    "2620:119:35::35",
    "223.5.5.5",
    "2400:3200::1",
    "119.29.29.29",
    "2402:4e00::",
    "114.114.114.114",
    "240c::6666"};

}  // namespace

bool IsReserved(const net::IpAddress& address) {
  static const auto prefixes = [] {
    std::array<net::IpPrefix, kReserved.size()> parsed;
    std::ranges::transform(kReserved, parsed.begin(), [](auto text) {
      return net::IpPrefix::Parse(text).value();
    });
    return parsed;
  }();
  // Global unicast is 2000::/3 (RFC 4291 section 2.4); what is not, such as
  // fc00::/7, fe80::/10, ff00::/8, ::/96 and 64:ff9b::/96, is no server.
  if (!address.is_v4() && (address.bytes()[0] & 0xe0) != 0x20) return true;
  return std::ranges::any_of(prefixes, [&](const net::IpPrefix& prefix) {
    return prefix.Contains(address);
  });
}

bool IsPublicResolver(const net::IpAddress& address) {
  static const auto resolvers = [] {
    std::array<net::IpAddress, kPublicResolvers.size()> parsed;
    std::ranges::transform(kPublicResolvers, parsed.begin(), [](auto text) {
      return net::IpAddress::Parse(text).value();
    });
    return parsed;
  }();
  return std::ranges::find(resolvers, address) != resolvers.end();
}

}  // namespace taster::plan
