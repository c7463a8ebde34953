// SPDX-License-Identifier: Apache-2.0
// What the free Internet says of one name and type.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proto/net/ip_address.h"

namespace taster::judge {

// What control probes found at an address of the name, as its clients.
struct FreeCheck {
  net::IpAddress address;
  std::uint16_t port = 0;
  // The service answered behind a certificate of the name's; else it had none.
  bool served = false;
  std::optional<std::uint16_t> http_status;
  std::string redirect_domain;  // As Service has it.

  friend auto operator<=>(const FreeCheck&, const FreeCheck&) = default;
};

// Everything that control probes saw for a name and type within the retention.
// A case holds an absent Control when nobody asked, or when every control
// failed: that is never the same as an empty answer.
struct Control {
  std::vector<net::IpAddress> addresses;  // Sorted, distinct.
  std::vector<std::uint32_t> origin_as;   // Of those; sorted, distinct.
  // How many vantage points saw addresses of each, as origin_as. Empty: not
  // known.
  std::vector<std::uint32_t> origin_vantages;
  // NOERROR without any address was among them: an empty answer, or one of
  // aliases alone.
  bool saw_nodata = false;
  bool saw_nxdomain = false;  // NXDOMAIN was among them.
  // How many vantage points saw each of the two; 0: not known, or none.
  std::uint32_t nodata_vantages = 0;
  std::uint32_t nxdomain_vantages = 0;
  std::uint32_t vantages = 0;  // Distinct control vantage points.
  // Highest record TTL that a control saw, seconds: the zone's own, or what a
  // cache had left of it; nullopt: not known.
  std::optional<std::uint32_t> highest_ttl;
  // The addresses, or the absence of any, were validated by DNSSEC to the root.
  bool authenticated = false;
  std::vector<FreeCheck> checks;  // Sorted, distinct.
};

}  // namespace taster::judge
