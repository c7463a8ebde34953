// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/ooni_engine.h"

#include <algorithm>
#include <string>

namespace taster::exchange {
namespace {

using judge::ServerKind;
using judge::Transport;

struct Word {
  std::string_view engine;
  OoniEngine meaning;
};

constexpr OoniEngine kFunction{.server_kind = ServerKind::kSystem,
                               .is_function = true};

constexpr OoniEngine Over(Transport transport) {
  return {.transport = transport};
}

// df-002-dnst of ooni/spec, "DNS resolver engines", and OONI's DNS over
// HTTP/3.
constexpr Word kWords[] = {
    {"system", kFunction},
    {"getaddrinfo", kFunction},
    {"golang_net_resolver", kFunction},
    {"go", kFunction},
    {"udp", Over(Transport::kUdp)},
    {"tcp", Over(Transport::kTcp)},
    {"dot", Over(Transport::kTls)},
    {"doh", Over(Transport::kHttps)},
    {"doh3", Over(Transport::kHttps)},
};

std::uint16_t DefaultPort(Transport transport) {
  switch (transport) {
    case Transport::kTls:
      return 853;
    case Transport::kHttps:
      return 443;
    case Transport::kUdp:
    case Transport::kTcp:
      break;
  }
  return 53;
}

// "https://1.1.1.1/dns-query" to "1.1.1.1"; other text stays as it is.
std::string_view AuthorityOf(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return text;
  text.remove_prefix(scheme + 3);
  return text.substr(0, text.find_first_of("/?#"));
}

// The two fields that older probes used; the port came as text or number.
std::optional<net::Endpoint> ReadOldServer(const Place& query,
                                           std::uint16_t port) {
  const auto host = query.Member("resolver_hostname").Text();
  if (!host) return {};
  const Place place = query.Member("resolver_port");
  if (place.value() != nullptr && place.value()->is_number()) {
    port = static_cast<std::uint16_t>(place.Integer(1, 65535).value_or(port));
  } else if (const auto text = place.Text()) {
    const auto end = net::Endpoint::Parse("0.0.0.0:" + std::string(*text), 0);
    if (end) port = end->port;
  }
  const auto address = net::IpAddress::Parse(*host);
  if (!address) return {};
  return net::Endpoint{*address, port};
}

}  // namespace

OoniEngine ReadEngine(const Place& query) {
  const auto text = query.Member("engine").Text();
  const auto* const word =
      std::ranges::find(kWords, text.value_or(""), &Word::engine);
  if (word != std::end(kWords)) return word->meaning;
  // "unknown", or none: the system's, unless a resolver is named.
  if (ReadServer(query, Transport::kUdp)) return {};
  return kFunction;
}

std::optional<net::Endpoint> ReadServer(const Place& query,
                                        Transport transport) {
  const std::uint16_t port = DefaultPort(transport);
  const auto text = query.Member("resolver_address").Text();
  if (!text) return ReadOldServer(query, port);
  return net::Endpoint::Parse(AuthorityOf(*text), port);
}

std::string_view EngineWord(const judge::Asked& asked, bool with_bytes) {
  switch (asked.transport) {
    case Transport::kTcp:
      return "tcp";
    case Transport::kTls:
      return "dot";
    case Transport::kHttps:
      return "doh";
    case Transport::kUdp:
      break;
  }
  // `system`, unlike `getaddrinfo`, has a query of its own for each type.
  const bool by_function =
      asked.server_kind == ServerKind::kSystem && !with_bytes && !asked.server;
  return by_function ? "system" : "udp";
}

}  // namespace taster::exchange
