// SPDX-License-Identifier: Apache-2.0
// One question that the plan wants asked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "probe/capture/service.h"
#include "proto/dns/name.h"
#include "proto/dns/query_builder.h"
#include "proto/net/endpoint.h"

namespace taster::capture {

// The values are those of taster.v1.
enum class QuestionRole : std::uint8_t {
  kTarget = 1,
  kControlName = 2,
  kIdentity = 3,
  kTrace = 4,
  kTraceControlName = 5,
  kCheck = 6,
  kCheckControlName = 7,
  kNameServer = 8,
  kProof = 9,
};
enum class Transport : std::uint8_t {
  kUdp = 1,
  kTcp = 2,
  kTls = 3,
  kHttps = 4
};
enum class ServerKind : std::uint8_t {
  kSystem = 1,
  kRecursive = 2,
  kAuthoritative = 3,
  kCanary = 4,
  kHost = 5,
};

struct Question {
  std::uint32_t set = 0;  // Question set within the round.
  QuestionRole role = QuestionRole::kTarget;
  dns::Name qname;  // As listed; the engine randomises letter case.
  dns::QueryShape shape;
  net::Endpoint server;
  ServerKind server_kind = ServerKind::kRecursive;
  Transport transport = Transport::kUdp;
  // The name that the server's certificate must be valid for, and that SNI
  // tells. Empty: its address. Of TLS and HTTPS only.
  std::string tls_name;
  // Of a check, which asks no question: what is tried at `server`, over TLS or
  // HTTPS, as a client of `tls_name` would. `qname` and type say whose address
  // that is.
  Service service = Service::kDns;
  // Of a check over HTTPS: the user agent; empty: none is told.
  std::string contact;
  // Where a DoH server listens, "/dns-query". Of HTTPS only.
  std::string http_path;
  // The question goes through the system's resolver library instead of our
  // own socket; `server` is then what that library would ask first.
  bool through_system = false;
  bool randomise_case = true;          // 0x20
  std::optional<std::uint8_t> ip_ttl;  // nullopt: the system default.
  std::uint16_t retry = 0;
};

}  // namespace taster::capture
