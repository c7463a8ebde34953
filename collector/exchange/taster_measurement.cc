// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/taster_measurement.h"

#include <google/protobuf/util/time_util.h>

#include <span>
#include <utility>

#include "collector/dissect/dissect.h"
#include "collector/judge/check.h"
#include "proto/net/bytes_of.h"

namespace taster::exchange {
namespace {

using google::protobuf::util::TimeUtil;
using judge::Asked;
using judge::Observation;
using std::chrono::microseconds;

constexpr char kRange[] = "out of range";

// Zero is "unspecified" in every enum of the protocol.
template <typename T>
T Known(int value, bool (*is_valid)(int), const char* field,
        Complaint* complaint) {
  if (value == 0) {
    complaint->Add(field, "missing");
  } else if (!is_valid(value)) {
    complaint->Add(field, "not a known word");
  }
  return static_cast<T>(value);
}

net::Endpoint ReadEndpoint(const v1::Endpoint& from, const std::string& field,
                           Complaint* complaint) {
  const auto address = net::IpAddress::FromBytes(net::BytesOf(from.address()));
  if (!address) complaint->Add(field + ".address", "not an address");
  if (from.port() > 65535) complaint->Add(field + ".port", kRange);
  return {address.value_or(net::IpAddress{}),
          static_cast<std::uint16_t>(from.port())};
}

void ReadTime(const google::protobuf::Timestamp& from, Record* record,
              Complaint* complaint) {
  // 2000-01-01 and 2100-01-01, in seconds since 1970.
  constexpr std::int64_t kEarliest = 946'684'800;
  constexpr std::int64_t kLatest = 4'102'444'800;
  if (from.seconds() < kEarliest || from.seconds() >= kLatest) {
    complaint->Add("measurement.query_time", kRange);
  }
  record->time = std::chrono::sys_seconds(std::chrono::seconds(from.seconds()));
}

void ReadQuestion(const v1::Measurement& from, Record* record,
                  Complaint* complaint) {
  Asked& asked = record->asked;
  asked.role =
      Known<judge::QuestionRole>(from.question_role(), v1::QuestionRole_IsValid,
                                 "measurement.question_role", complaint);
  asked.server_kind =
      Known<judge::ServerKind>(from.server_kind(), v1::ServerKind_IsValid,
                               "measurement.server_kind", complaint);
  asked.transport =
      Known<judge::Transport>(from.transport(), v1::Transport_IsValid,
                              "measurement.transport", complaint);
  asked.outcome = Known<judge::Outcome>(from.outcome(), v1::Outcome_IsValid,
                                        "measurement.outcome", complaint);
  if (from.has_server()) {
    asked.server = ReadEndpoint(from.server(), "measurement.server", complaint);
  }
  record->query = from.query();
  if (!dissect::DissectQuery(net::BytesOf(record->query), &asked)) {
    complaint->Add("measurement.query", "not a DNS query");
  }
}

void ReadConnection(const v1::Measurement& from, Asked* asked,
                    Complaint* complaint) {
  if (!from.server_name().empty()) {
    const auto name = dns::Name::Parse(from.server_name());
    if (!name) complaint->Add("measurement.server_name", "not a domain name");
    asked->server_name = name.value_or(dns::Name());
  }
  const v1::StreamFacts& stream = from.stream();
  judge::Service& service = asked->service;
  service.connected = stream.has_connect_time();
  if (stream.has_http_status()) {
    if (stream.http_status() > 999) {
      complaint->Add("measurement.stream.http_status", kRange);
    }
    service.http_status = static_cast<std::uint16_t>(stream.http_status());
  }
  service.redirect_host = stream.redirect_host();
}

// Of a check all that the judge looks at; of other connections the name.
void WriteConnection(const Asked& asked, v1::Measurement* to) {
  if (!asked.server_name.is_root()) {
    to->set_server_name(asked.server_name.ToText());
  }
  if (!judge::IsCheck(asked)) return;
  v1::StreamFacts& stream = *to->mutable_stream();
  stream.set_phase(asked.service.connected ? v1::STREAM_PHASE_HANDSHAKE
                                           : v1::STREAM_PHASE_CONNECT);
  if (asked.service.connected) stream.mutable_connect_time();
  if (asked.service.http_status) {
    stream.set_http_status(*asked.service.http_status);
  }
  stream.set_redirect_host(asked.service.redirect_host);
}

void ReadReply(const v1::Response& from, const std::string& field,
               Record* record, Complaint* complaint) {
  // A minute: no capture window is longer.
  constexpr std::int64_t kMaxOffset = 60'000'000;
  dissect::Arrival arrival;
  const auto& offset = from.arrival_offset();
  if (offset.seconds() < 0 || offset.seconds() > 60 || offset.nanos() < 0 ||
      TimeUtil::DurationToMicroseconds(offset) > kMaxOffset) {
    complaint->Add(field + ".arrival_offset", kRange);
    return;
  }
  arrival.offset = microseconds(TimeUtil::DurationToMicroseconds(offset));
  if (from.has_source()) {
    arrival.source = ReadEndpoint(from.source(), field + ".source", complaint);
  }
  if (from.has_ip_ttl()) {
    if (from.ip_ttl() > 255) complaint->Add(field + ".ip_ttl", kRange);
    arrival.ip_ttl = static_cast<std::uint8_t>(from.ip_ttl());
  }
  if (from.has_dont_fragment()) arrival.dont_fragment = from.dont_fragment();
  if (from.has_ip_id_zero()) arrival.ip_id_zero = from.ip_id_zero();
  record->asked.replies.push_back(
      dissect::Dissect(net::BytesOf(from.message()), arrival, record->asked));
  record->messages.push_back(from.message());
}

void Write(const net::Endpoint& endpoint, v1::Endpoint* to) {
  const auto bytes = endpoint.address.bytes();
  to->set_address(std::string(bytes.begin(), bytes.end()));
  to->set_port(endpoint.port);
}

void WriteReply(const Observation& reply, const std::string& message,
                v1::Response* to) {
  to->set_message(message);
  *to->mutable_arrival_offset() =
      TimeUtil::MicrosecondsToDuration(reply.arrival_offset.count());
  Write(reply.source, to->mutable_source());
  if (reply.ip_ttl) to->set_ip_ttl(*reply.ip_ttl);
  if (reply.dont_fragment) to->set_dont_fragment(*reply.dont_fragment);
  if (reply.ip_id_zero) to->set_ip_id_zero(*reply.ip_id_zero);
}

}  // namespace

Record RecordOf(const TasterLine& line, Complaint* complaint) {
  constexpr int kMaxReplies = 8;
  const v1::Measurement& from = line.measurement;
  Record record;
  record.id = line.id;
  record.set = line.set;
  record.role = line.role;
  record.network = line.network;
  ReadTime(from.query_time(), &record, complaint);
  ReadQuestion(from, &record, complaint);
  ReadConnection(from, &record.asked, complaint);
  if (from.responses_size() > kMaxReplies) {
    complaint->Add("measurement.responses", "too many");
  }
  for (int i = 0; complaint->ok() && i < from.responses_size(); ++i) {
    ReadReply(from.responses(i),
              "measurement.responses[" + std::to_string(i) + ']', &record,
              complaint);
  }
  return record;
}

std::optional<TasterLine> EvidenceOf(const Record& record) {
  const Asked& asked = record.asked;
  if (record.query.empty() || record.messages.size() != asked.replies.size()) {
    return {};
  }
  TasterLine line{.id = record.id,
                  .set = record.set,
                  .role = record.role,
                  .network = record.network,
                  .measurement = {}};
  v1::Measurement& to = line.measurement;
  to.set_question_role(static_cast<v1::QuestionRole>(asked.role));
  to.set_query(record.query);
  if (asked.server) Write(*asked.server, to.mutable_server());
  to.set_server_kind(static_cast<v1::ServerKind>(asked.server_kind));
  to.set_transport(static_cast<v1::Transport>(asked.transport));
  to.mutable_query_time()->set_seconds(record.time.time_since_epoch().count());
  to.set_outcome(static_cast<v1::Outcome>(asked.outcome));
  WriteConnection(asked, &to);
  for (std::size_t i = 0; i < asked.replies.size(); ++i) {
    if (record.messages[i].empty()) return {};
    WriteReply(asked.replies[i], record.messages[i], to.add_responses());
  }
  return line;
}

}  // namespace taster::exchange
