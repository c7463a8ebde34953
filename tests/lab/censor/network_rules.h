// SPDX-License-Identifier: Apache-2.0
// Rules for whole networks, by the address of who asks, and names whose
// connections are cut. Networks over IPv4 alone.
#pragma once

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "tests/lab/censor/tcp_segment.h"

namespace taster::lab {

struct Network {
  Ipv4 address = {};
  int length = 32;  // Bits that count.

  bool Contains(ByteView other) const;
};

// Nobody in `network` reaches this TCP port, wherever it is.
struct PortBlock {
  Network network = {};
  std::uint16_t port = 0;
  bool resets = false;  // false: silence.
};

// What goes from `network` to this port, whatever the address, goes to `to`.
struct Redirect {
  Network network = {};
  std::uint8_t protocol = kProtocolUdp;
  std::uint16_t port = 0;
  Ipv4 to = {};
};

struct NetworkRules {
  std::vector<PortBlock> blocks;
  std::vector<Redirect> redirects;
  // Lower case, dotted, without a final dot.
  std::vector<std::string> cut_names;
};

// Lines of the rules file:
//   block NETWORK PORT drop|reset        NETWORK: 10.9.32.0/24
//   redirect NETWORK udp|tcp PORT ADDRESS
//   cut NAME
bool IsNetworkRule(std::string_view key);
// InvalidArgument: the rest of the line is not understood.
absl::Status ReadNetworkRule(const std::string& key, std::istringstream& fields,
                             NetworkRules& rules);

// nullptr: the segment may pass.
const PortBlock* FindBlock(const NetworkRules& rules,
                           const TcpSegment& segment);

// True iff the segment carries a DNS query, with its length before it, for one
// of the names that are cut.
bool AsksForCutName(const NetworkRules& rules, const TcpSegment& segment);

}  // namespace taster::lab
