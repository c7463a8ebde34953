// SPDX-License-Identifier: Apache-2.0
// Leads packets to another machine, and its answers back as if they came from
// the one that was asked.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <vector>

#include "tests/lab/censor/network_rules.h"

namespace taster::lab {

// Outward: from the censored network to the world.
enum class Direction : std::uint8_t { kOutward, kInward };

// Remembers, for good, whom each port of a client last asked, over UDP with
// each message id. Not thread-safe.
class Redirector final {
 public:
  explicit Redirector(std::vector<Redirect> redirects);

  // The packet that goes on instead; nullopt: the packet itself.
  std::optional<Bytes> Rewrite(const IpPacket& packet, Direction direction);

 private:
  struct Exchange {
    Ipv4 client = {};
    std::uint16_t client_port = 0;
    std::uint16_t server_port = 0;
    std::uint8_t protocol = 0;
    // A client may ask many servers from one port. 0: over TCP.
    std::uint16_t message_id = 0;
    friend auto operator<=>(const Exchange&, const Exchange&) = default;
  };

  std::optional<Bytes> LeadAway(const IpPacket& packet);
  std::optional<Bytes> LeadBack(const IpPacket& packet) const;

  std::vector<Redirect> redirects_;
  std::map<Exchange, Ipv4> asked_;
};

}  // namespace taster::lab
