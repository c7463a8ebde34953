// SPDX-License-Identifier: Apache-2.0
// resolv.conf(5) and getifaddrs(3).
#include "probe/cli/host.h"

#include <ifaddrs.h>
#include <netinet/in.h>

#include <memory>

#include "probe/cli/config_file.h"
#include "probe/plan/address_policy.h"

namespace taster::cli {
namespace {

constexpr std::size_t kMostServers = 3;
constexpr std::size_t kMaxBytes = 64 << 10;

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    const auto first = line.find_first_not_of(" \t\r");
    if (first == line.npos) return words;
    line.remove_prefix(first);
    const auto end = std::min(line.find_first_of(" \t\r"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

std::optional<net::IpAddress> AddressOf(const sockaddr* address) {
  if (!address) return {};
  if (address->sa_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(address);
    return net::IpAddress::FromV4(ntohl(v4->sin_addr.s_addr));
  }
  if (address->sa_family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(address);
    return net::IpAddress::FromBytes(v6->sin6_addr.s6_addr);
  }
  return {};
}

}  // namespace

std::vector<net::Endpoint> ParseResolvConf(std::string_view text) {
  std::vector<net::Endpoint> servers;
  while (!text.empty() && servers.size() < kMostServers) {
    const auto end = text.find('\n');
    const auto words = Words(text.substr(0, end));
    text = end == text.npos ? std::string_view{} : text.substr(end + 1);
    if (words.size() < 2 || words[0] != "nameserver") continue;
    if (const auto address = net::IpAddress::Parse(words[1])) {
      servers.push_back({*address, 53});
    }
  }
  return servers;
}

std::vector<net::Endpoint> SystemServers() {
  std::error_code error;
  // The system's file may well be a link.
  const auto path = std::filesystem::canonical("/etc/resolv.conf", error);
  if (error) return {};
  const auto text = ReadPlainFile(path, kMaxBytes);
  return text.ok() ? ParseResolvConf(*text) : std::vector<net::Endpoint>();
}

std::vector<net::IpAddress> OwnPublicAddresses() {
  ifaddrs* first = nullptr;
  std::vector<net::IpAddress> addresses;
  if (::getifaddrs(&first) != 0) return addresses;
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> list(first,
                                                                &::freeifaddrs);
  for (const ifaddrs* one = first; one; one = one->ifa_next) {
    const auto address = AddressOf(one->ifa_addr);
    if (address && !plan::IsReserved(*address)) addresses.push_back(*address);
  }
  return addresses;
}

}  // namespace taster::cli
