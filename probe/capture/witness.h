// SPDX-License-Identifier: Apache-2.0
// What the engine tells of each query, as it happens.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "proto/net/endpoint.h"

namespace taster::capture {

// Chosen by whoever asks; the engine hands it back and makes nothing of it.
using Token = std::uint32_t;

// The values are those of taster.v1.
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
  kRefused = 10,
  kReset = 11,
  kClosed = 12,
  kTlsAlert = 13,
  kTlsFailed = 14,
  kCertificate = 15,
  kHttp = 16,
  kServed = 17,
};

// The values are those of taster.v1.
enum class StreamPhase : std::uint8_t {
  kConnect = 1,
  kHandshake = 2,
  kExchange = 3,
};
enum class CertificateFault : std::uint8_t {
  kName = 1,
  kExpired = 2,
  kNotYetValid = 3,
  kUnknownIssuer = 4,
  kSelfSigned = 5,
  kRevoked = 6,
  kOther = 7,
};

// What a connection showed beside its messages; see StreamFacts of taster.v1.
struct StreamFacts {
  StreamPhase phase = StreamPhase::kConnect;
  std::uint64_t bytes_received = 0;
  std::optional<std::chrono::microseconds> connect_time;
  std::optional<std::chrono::microseconds> handshake_time;
  std::optional<std::uint8_t> tls_alert;
  std::optional<std::uint16_t> http_status;
  std::vector<std::vector<std::uint8_t>> certificates;  // DER.
  std::optional<CertificateFault> certificate_fault;
  std::string redirect_host;  // Empty: nowhere else.
};

// The query as it left. Spans are valid during the call only.
struct Sent {
  std::span<const std::uint8_t> query;
  std::uint16_t source_port = 0;
  std::chrono::sys_time<std::chrono::microseconds> time;
};

// One datagram that carried the query's port and id, from whatever source.
struct Arrived {
  std::span<const std::uint8_t> message;  // At most 4,096 bytes.
  std::uint32_t original_size = 0;        // Size on the wire.
  std::chrono::microseconds offset{0};    // Since the query was sent.
  net::Endpoint source;
  std::optional<std::uint8_t> ip_ttl;
  std::optional<bool> dont_fragment;
  std::optional<bool> ip_id_zero;
  // A response that comes from the server that was asked and echoes its
  // question, letter case aside.
  bool matches = false;
};

struct IcmpArrived {
  net::IpAddress offender;
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  bool v6 = false;
  std::chrono::microseconds offset{0};
};

// Receives everything about the queries of one engine, from the thread that
// runs it. For each query: Sent once (never after a failed send), then Arrived
// and IcmpArrived in order of arrival, then Closed once. Datagrams that reach a
// port within one Run but differ in DF or IP-ID wait at different sockets, and
// ICMP errors in a queue of their own: `offset` has the true order of those.
class Witness {
 public:
  virtual ~Witness() = default;
  virtual void OnSent(Token token, const Sent& sent) = 0;
  // Called for the first 8 datagrams of a query only.
  virtual void OnArrived(Token token, const Arrived& arrived) = 0;
  // Called for the first 8 ICMP errors of a query only.
  virtual void OnIcmp(Token token, const IcmpArrived& icmp) = 0;
  // Of a connection, once, right before it is closed; never over UDP.
  virtual void OnStream(Token token, const StreamFacts& facts) = 0;
  // `uncounted`: datagrams beyond those 8.
  virtual void OnClosed(Token token, Outcome outcome,
                        std::uint32_t uncounted) = 0;
};

}  // namespace taster::capture
