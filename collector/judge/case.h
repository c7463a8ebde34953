// SPDX-License-Identifier: Apache-2.0
// Everything a rule may look at: one question set with all its replies.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "collector/judge/control.h"
#include "collector/judge/name_context.h"
#include "collector/judge/network.h"
#include "collector/judge/observation.h"
#include "collector/judge/reference.h"
#include "proto/dns/name.h"
#include "proto/net/endpoint.h"
#include "proto/net/ip_prefix.h"

namespace taster::judge {

// The values are those of taster.v1: never renumbered.
enum class QuestionRole : std::uint8_t {
  kTarget = 1,
  kControlName = 2,
  // A name whose authority answers with the address that asked it: shows
  // which resolver really went there.
  kIdentity = 3,
  // Steps of a TTL-limited series, for the target and for the control name.
  kTrace = 4,
  kTraceControlName = 5,
  // Connections to answered addresses, as a client of the target and of the
  // control name makes them.
  kCheck = 6,
  kCheckControlName = 7,
  kNameServer = 8,  // Asks for the address of a name server of the target's.
  kProof = 9,       // Asks for keys of zones; says nothing of the target.
};
enum class ServerKind : std::uint8_t {
  kSystem = 1,
  kRecursive = 2,
  kAuthoritative = 3,
  kCanary = 4,
  kHost = 5,  // An answered address: of checks only.
};
enum class Transport : std::uint8_t {
  kUdp = 1,
  kTcp = 2,
  kTls = 3,
  kHttps = 4
};
enum class Outcome : std::uint8_t {
  kResponse = 1,
  kTimeout = 2,
  kPortUnreachable = 3,
  kHostUnreachable = 4,
  kNetworkUnreachable = 5,
  kProhibited = 6,
  kTtlExceeded = 7,
  kSendFailed = 8,
  kCancelled = 9,
  // Of connections.
  kRefused = 10,
  kReset = 11,
  kClosed = 12,
  kTlsAlert = 13,
  kTlsFailed = 14,
  kCertificate = 15,
  kHttp = 16,
  kServed = 17,  // Of checks: the service answered, as the name's own.
};

// What a connection showed of the service behind it. Of checks only.
struct Service {
  bool connected = false;  // TCP stood.
  std::optional<std::uint16_t> http_status{};
  std::string redirect_host{};  // As told; empty: nowhere else.
  // Registrable domain of it where that is not the name's own; else empty.
  std::string redirect_domain{};
};

// One question as it was asked, and what came back.
struct Asked {
  std::uint32_t ordinal = 0;  // Index of the measurement within its batch.
  QuestionRole role = QuestionRole::kTarget;
  dns::Name qname;  // In the letter case that was sent.
  std::uint16_t qtype = 0;
  std::uint16_t qclass = 1;  // IN; resolvers are asked who they are in CH.
  std::uint16_t query_id = 0;
  std::uint16_t query_flags = 0;  // Flag word of the query.
  bool query_has_opt = false;
  std::optional<net::Endpoint> server;
  ServerKind server_kind = ServerKind::kRecursive;
  Transport transport = Transport::kUdp;
  // The name that the server's certificate had to be valid for; the root: its
  // address, or no TLS.
  dns::Name server_name;
  Outcome outcome = Outcome::kTimeout;
  Service service;
  std::vector<Observation> replies;  // In order of arrival.
  // nullptr: no control for this name and type. Never null "because empty".
  std::shared_ptr<const Control> control;
  // The same over all types of the name; nullptr: no control for any type.
  std::shared_ptr<const Control> name_control;
  // What else the probe's network answered for this name; nullptr: nothing is
  // known of it.
  std::shared_ptr<const NameContext> elsewhere;
};

// What came of connecting to an answered address as a client of the name.
struct EndpointCheck {
  enum class Result : std::uint8_t {
    kCertificateValid,    // A chain to a public root, valid for `name`.
    kCertificateInvalid,  // A handshake, but no such chain.
    kNoConnection,        // Nothing listened, or nothing came back.
  };
  net::IpAddress address;
  std::uint16_t port = 443;
  dns::Name name;             // Of the certificate asked for (SNI).
  bool from_control = false;  // Made in a free network.
  Result result = Result::kNoConnection;
};

// One question set. The reference must outlive the case.
struct Case {
  std::vector<Asked> asked;
  Network network{};                       // Where the probe stands.
  std::vector<EndpointCheck> endpoints{};  // Of answered and of true addresses.
  // The network's own translation prefix (RFC 7050), where it was asked for;
  // 64:ff9b::/96 is always one.
  std::optional<net::IpPrefix> nat64{};
  std::chrono::sys_days date;            // UTC day of measuring.
  const Reference* reference = nullptr;  // Never null when judged.
};

struct ReplyFacts;

// What a rule looks at: one reply of one question of a case. All outlive the
// call.
struct Subject {
  const Case& set;
  const Asked& asked;
  const Observation& reply;
  // Worked out of the other three; nullptr: not yet, which changes nothing.
  const ReplyFacts* facts = nullptr;
};

}  // namespace taster::judge
