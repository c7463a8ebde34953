// SPDX-License-Identifier: Apache-2.0
// Reads and applies what holds for whole networks.
#include "tests/lab/censor/network_rules.h"

#include <arpa/inet.h>

#include <algorithm>

#include "tests/lab/censor/question.h"

namespace taster::lab {
namespace {

constexpr std::uint16_t kDnsPort = 53;
constexpr std::size_t kLengthBytes = 2;  // RFC 1035 section 4.2.2.

bool ReadNetwork(std::istringstream& fields, Network& network) {
  std::string text;
  fields >> text;
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return false;
  std::istringstream length(text.substr(slash + 1));
  return inet_pton(AF_INET, text.substr(0, slash).c_str(),
                   network.address.data()) == 1 &&
         length >> network.length && network.length >= 0 &&
         network.length <= 32;
}

absl::Status ReadBlock(std::istringstream& fields, NetworkRules& rules) {
  PortBlock block;
  std::string how;
  if (!ReadNetwork(fields, block.network) || !(fields >> block.port >> how) ||
      (how != "drop" && how != "reset")) {
    return absl::InvalidArgumentError(
        "block: want a network, a port, and drop or reset");
  }
  block.resets = how == "reset";
  rules.blocks.push_back(block);
  return absl::OkStatus();
}

absl::Status ReadRedirect(std::istringstream& fields, NetworkRules& rules) {
  Redirect redirect;
  std::string protocol;
  std::string to;
  if (!ReadNetwork(fields, redirect.network) ||
      !(fields >> protocol >> redirect.port >> to) ||
      (protocol != "udp" && protocol != "tcp") ||
      inet_pton(AF_INET, to.c_str(), redirect.to.data()) != 1) {
    return absl::InvalidArgumentError(
        "redirect: want a network, udp or tcp, a port and an address");
  }
  if (protocol == "tcp") redirect.protocol = kProtocolTcp;
  rules.redirects.push_back(redirect);
  return absl::OkStatus();
}

}  // namespace

bool Network::Contains(ByteView other) const {
  if (other.size() != address.size()) return false;
  if (length == 0) return true;
  const std::uint32_t differing = Read32(address, 0) ^ Read32(other, 0);
  return differing >> (32 - length) == 0;
}

bool IsNetworkRule(std::string_view key) {
  return key == "block" || key == "redirect" || key == "cut";
}

absl::Status ReadNetworkRule(const std::string& key, std::istringstream& fields,
                             NetworkRules& rules) {
  if (key == "block") return ReadBlock(fields, rules);
  if (key == "redirect") return ReadRedirect(fields, rules);
  std::string name;
  if (!(fields >> name)) return absl::InvalidArgumentError("cut: want a name");
  rules.cut_names.push_back(name);
  return absl::OkStatus();
}

const PortBlock* FindBlock(const NetworkRules& rules,
                           const TcpSegment& segment) {
  const auto found =
      std::ranges::find_if(rules.blocks, [&](const PortBlock& block) {
        return block.port == segment.destination_port &&
               block.network.Contains(segment.ip.source);
      });
  return found == rules.blocks.end() ? nullptr : &*found;
}

bool AsksForCutName(const NetworkRules& rules, const TcpSegment& segment) {
  if (segment.destination_port != kDnsPort ||
      segment.payload.size() <= kLengthBytes) {
    return false;
  }
  const auto question = ParseQuestion(segment.payload.subspan(kLengthBytes));
  return question && std::ranges::find(rules.cut_names, question->flat_name) !=
                         rules.cut_names.end();
}

}  // namespace taster::lab
