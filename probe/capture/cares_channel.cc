// SPDX-License-Identifier: Apache-2.0
// ares_init_options and the list of servers.
#include "probe/capture/cares_channel.h"

#include <sys/socket.h>

#include <array>
#include <cstring>
#include <fstream>
#include <span>
#include <string>

namespace taster::capture {
namespace {

constexpr std::uint16_t kDnsPort = 53;

bool ResolvConfNamesServers() {
  std::ifstream file("/etc/resolv.conf");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("nameserver")) return true;
  }
  return false;
}

net::Endpoint EndpointOf(const ares_addr_port_node& node) {
  net::Endpoint server;
  if (node.family == AF_INET) {
    server.address = net::IpAddress::FromV4(ntohl(node.addr.addr4.s_addr));
  } else {
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), &node.addr.addr6, bytes.size());
    server.address = net::IpAddress::FromV6(bytes);
  }
  server.port =
      node.udp_port == 0 ? kDnsPort : static_cast<std::uint16_t>(node.udp_port);
  return server;
}

}  // namespace

absl::Status StartCares() {
  static const int started = ares_library_init(ARES_LIB_INIT_ALL);
  if (started == ARES_SUCCESS) return absl::OkStatus();
  return absl::InternalError(std::string("start c-ares: ") +
                             ares_strerror(started));
}

absl::StatusOr<CaresChannel> OpenCaresChannel() {
  ares_options options{};
  options.flags = ARES_FLAG_IGNTC | ARES_FLAG_STAYOPEN;
  options.tries = 1;
  // It must not give up before our window is over.
  options.timeout = 3'600'000;
  ares_channel channel = nullptr;
  const int status = ares_init_options(
      &channel, &options, ARES_OPT_FLAGS | ARES_OPT_TRIES | ARES_OPT_TIMEOUTMS);
  if (status == ARES_SUCCESS) return CaresChannel(channel);
  return absl::InternalError(std::string("open c-ares channel: ") +
                             ares_strerror(status));
}

bool PointAt(const net::Endpoint& server, ares_channel channel) {
  ares_addr_port_node node{};
  node.family = server.address.is_v4() ? AF_INET : AF_INET6;
  const auto bytes = server.address.bytes();
  std::memcpy(&node.addr, bytes.data(), bytes.size());
  node.udp_port = server.port;
  node.tcp_port = server.port;
  return ares_set_servers_ports(channel, &node) == ARES_SUCCESS;
}

std::vector<net::Endpoint> ServersOf(ares_channel channel) {
  ares_addr_port_node* list = nullptr;
  if (ares_get_servers_ports(channel, &list) != ARES_SUCCESS) return {};
  std::vector<net::Endpoint> servers;
  for (const auto* node = list; node != nullptr; node = node->next) {
    servers.push_back(EndpointOf(*node));
  }
  if (list != nullptr) ares_free_data(list);
  constexpr auto kLoopback = net::IpAddress::FromV4(0x7f000001);
  if (servers.size() == 1 && servers[0].address == kLoopback &&
      !ResolvConfNamesServers()) {
    return {};
  }
  return servers;
}

}  // namespace taster::capture
