// SPDX-License-Identifier: Apache-2.0
// Who was asked, in the words of OONI's df-002-dnst.
#pragma once

#include <optional>
#include <string_view>

#include "collector/exchange/json_place.h"
#include "collector/judge/case.h"

namespace taster::exchange {

// A resolver engine of df-002-dnst.
struct OoniEngine {
  judge::ServerKind server_kind = judge::ServerKind::kRecursive;
  judge::Transport transport = judge::Transport::kUdp;
  // A function of the operating system answered, not a DNS message: raw bytes
  // beside it, if any, were made up.
  bool is_function = false;
};

// The engine and, when it is told as an address, the server. A resolver that
// is named by a URL or a host name has no address here.
OoniEngine ReadEngine(const Place& query);
std::optional<net::Endpoint> ReadServer(const Place& query,
                                        judge::Transport transport);

// The engine's word for `asked`; `with_bytes` when a reply's bytes are known.
std::string_view EngineWord(const judge::Asked& asked, bool with_bytes);

}  // namespace taster::exchange
