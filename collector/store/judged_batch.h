// SPDX-License-Identifier: Apache-2.0
// A batch on its way into the database: evidence and what the judge made of
// it, as one value that is committed whole or not at all.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "collector/judge/case.h"
#include "collector/judge/hop.h"
#include "collector/judge/verdict.h"
#include "proto/envelope/batch_id.h"
#include "proto/envelope/sign.h"
#include "proto/net/ip_address.h"

namespace taster::store {

using Time = std::chrono::sys_time<std::chrono::microseconds>;

struct IcmpErrorRow {
  net::IpAddress offender;
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  std::chrono::microseconds arrival_offset{0};
};

struct RedactionRow {
  std::uint32_t reply = 0;  // From 1, as in table response.
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
  std::uint8_t reason = 0;  // taster.v1.RedactionReason
};

// How far a connection came; see StreamFacts of taster.v1.
struct StreamRow {
  std::uint8_t phase = 0;  // taster.v1.StreamPhase
  std::uint64_t bytes_received = 0;
  std::optional<std::chrono::microseconds> connect_time;
  std::optional<std::chrono::microseconds> handshake_time;
  std::optional<std::uint8_t> tls_alert;
  std::optional<std::uint16_t> http_status;
  std::optional<std::uint8_t> certificate_fault;
  std::vector<std::string> certificates;  // DER.
  std::string redirect_host;              // Empty: nowhere else.
};

// One measurement. `asked.replies[i]` is the dissected form of `messages[i]`.
struct MeasurementRow {
  judge::Asked asked;
  std::uint32_t set = 0;
  std::string query;  // Raw bytes.
  Time query_time;
  std::chrono::microseconds window{0};
  std::optional<std::uint16_t> source_port;
  std::optional<std::uint8_t> query_ip_ttl;
  std::uint32_t uncounted_responses = 0;
  std::uint16_t retry = 0;
  std::vector<std::string> messages;                         // Raw bytes.
  std::vector<std::optional<std::uint32_t>> original_sizes;  // As messages.
  std::optional<StreamRow> stream;  // Iff over a connection.
  std::vector<IcmpErrorRow> icmp_errors;
  std::vector<RedactionRow> redactions;
};

// The verdict on one question set; empty for control probes, whose answers are
// what others are judged by.
struct SetRow {
  std::uint32_t set = 0;
  std::string qname;  // The target's, Name::ToText().
  judge::SetVerdict verdict;
};

// What a trace showed of one injector, or that it showed none.
struct TraceRow {
  std::uint32_t set = 0;
  std::string qname{};  // The target's, Name::ToText().
  std::uint16_t qtype = 0;
  std::optional<net::Endpoint> server{};
  std::uint32_t steps = 0;  // Questions of the series.
  // As judge::TraceFinding has them.
  std::optional<judge::HopRange> server_hop{};
  std::optional<bool> symmetric{};
  std::optional<judge::InjectorHop> located{};  // nullopt: nothing forged seen.
  std::string injector{};                       // Empty: not attributed.
  // Who said that a query expired at the likeliest hop; anyone can say so.
  std::optional<net::IpAddress> router{};
  std::uint32_t router_as = 0;  // 0: not known.
};

// What a control probe's measurement says about a name.
struct ControlRow {
  enum class Kind : std::uint8_t {
    kAddress = 1,
    kNodata = 2,
    kNxdomain = 3,
    // Of a check of the address: it serves the name, or its certificate is not
    // the name's.
    kServed = 4,
    kUnserved = 5,
  };
  std::string qname;  // Name::ToText().
  std::uint16_t qtype = 0;
  Kind kind = Kind::kAddress;
  // Neither of kNodata nor of kNxdomain.
  std::optional<net::IpAddress> address;
  std::int64_t vantage_id = 0;
  Time seen_time;
  // Of checks; as judge::FreeCheck has them.
  std::uint16_t port = 0;
  std::optional<std::uint16_t> http_status{};
  std::string redirect_domain{};

  friend bool operator==(const ControlRow&, const ControlRow&) = default;
};

struct JudgedBatch {
  std::int64_t vantage_id = 0;
  envelope::BatchId batch_id;
  envelope::Hash payload_hash{};
  Time receive_time;
  std::uint16_t refused_count = 0;
  std::string software;
  std::string target_list;
  std::vector<MeasurementRow> measurements;  // Accepted ones only.
  std::vector<SetRow> sets;
  std::vector<TraceRow> traces;
  std::vector<ControlRow> control;  // Only from role=control.
};

// What became of a batch.
enum class PutResult : std::uint8_t {
  kStored,
  kDuplicate,  // The same bytes were stored before.
  kConflict,   // The id is known with other bytes; nothing was stored.
};

}  // namespace taster::store
