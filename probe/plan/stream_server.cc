// SPDX-License-Identifier: Apache-2.0
#include "probe/plan/stream_server.h"

#include <algorithm>
#include <string>

#include "probe/plan/target_name.h"

namespace taster::plan {
namespace {

using capture::Transport;

// Takes the scheme off `text`.
std::optional<Transport> TakeTransport(std::string_view* text) {
  const auto end = text->find("://");
  if (end == text->npos) return {};
  const auto scheme = text->substr(0, end);
  text->remove_prefix(end + 3);
  if (scheme == "tcp") return Transport::kTcp;
  if (scheme == "tls") return Transport::kTls;
  if (scheme == "https") return Transport::kHttps;
  return {};
}

// Printable ASCII without blank, query or fragment (RFC 3986 section 3.3).
bool IsPath(std::string_view path) {
  return path.starts_with('/') && path.size() <= 255 &&
         std::ranges::all_of(path, [](char c) {
           return c > ' ' && c < 0x7f && c != '?' && c != '#' && c != '"';
         });
}

}  // namespace

std::uint16_t PortOf(Transport transport) {
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

std::optional<StreamServer> ParseStreamServer(std::string_view text) {
  StreamServer stream;
  const auto transport = TakeTransport(&text);
  if (!transport) return {};
  stream.transport = *transport;
  if (const auto hash = text.find('#'); hash != text.npos) {
    BadName why = BadName::kNone;
    const auto name = ReadTargetName(text.substr(hash + 1), &why);
    if (!name || stream.transport == Transport::kTcp) return {};
    stream.tls_name = name->ToText();
    if (stream.tls_name.ends_with('.')) stream.tls_name.pop_back();
    text = text.substr(0, hash);
  }
  if (stream.transport == Transport::kHttps) {
    const auto slash = text.find('/');
    if (slash == text.npos || !IsPath(text.substr(slash))) return {};
    stream.http_path = text.substr(slash);
    text = text.substr(0, slash);
  }
  const auto server = net::Endpoint::Parse(text, PortOf(stream.transport));
  if (!server || server->port == 0) return {};
  stream.server = *server;
  return stream;
}

}  // namespace taster::plan
