// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/admission.h"

#include <algorithm>
#include <string>
#include <utility>

#include "collector/dissect/dissect.h"
#include "collector/ingest/admit_connection.h"
#include "collector/ingest/field_checks.h"
#include "collector/judge/check.h"

namespace taster::ingest {
namespace {

using std::chrono::microseconds;

constexpr int kMaxReplies = 8;
constexpr std::size_t kMaxMessageBytes = 4096;

// Whether the peer's own address stands anywhere in `message`. Loopback is
// nobody's identity and a common forged answer.
bool HoldsAddress(const std::string& message, const net::IpAddress& peer) {
  const auto wanted = peer.bytes();
  return std::search(message.begin(), message.end(), wanted.begin(),
                     wanted.end(), [](char have, std::uint8_t want) {
                       return static_cast<std::uint8_t>(have) == want;
                     }) != message.end();
}

void AdmitQuestion(const v1::Measurement& from, FieldChecks& checks,
                   store::MeasurementRow& row) {
  row.set = checks.UpTo("set", from.set(), 511);
  row.asked.role = static_cast<judge::QuestionRole>(checks.Enum(
      "question_role", from.question_role(), v1::QuestionRole_IsValid));
  row.asked.server_kind = static_cast<judge::ServerKind>(
      checks.Enum("server_kind", from.server_kind(), v1::ServerKind_IsValid));
  row.asked.transport = static_cast<judge::Transport>(
      checks.Enum("transport", from.transport(), v1::Transport_IsValid));
  row.asked.outcome = static_cast<judge::Outcome>(
      checks.Enum("outcome", from.outcome(), v1::Outcome_IsValid));
  if (from.has_server()) {
    row.asked.server = checks.Endpoint("server", from.server());
  }
  row.query_time =
      checks.Time("query_time", from.has_query_time(), from.query_time());
  row.window = checks.Duration("window", from.has_window(), from.window(),
                               kLongestWindow);
  if (from.has_source_port()) {
    row.source_port = static_cast<std::uint16_t>(
        checks.UpTo("source_port", from.source_port(), 65535));
  }
  if (from.has_query_ip_ttl()) {
    row.query_ip_ttl = static_cast<std::uint8_t>(
        checks.UpTo("query_ip_ttl", from.query_ip_ttl(), 255));
  }
  row.uncounted_responses = checks.UpTo(
      "uncounted_responses", from.uncounted_responses(), 0x7fffffffu);
  row.retry =
      static_cast<std::uint16_t>(checks.UpTo("retry", from.retry(), 32767));
  row.query = from.query();
  if (!dissect::DissectQuery(BytesOf(row.query), &row.asked)) {
    checks.Refuse(v1::REFUSE_REASON_BAD_QUERY, "query");
  }
}

void AdmitReply(const v1::Response& from, const std::string& path,
                FieldChecks& checks, store::MeasurementRow& row) {
  dissect::Arrival arrival;
  arrival.offset =
      checks.Duration(path + ".arrival_offset", from.has_arrival_offset(),
                      from.arrival_offset(), kLongestWindow);
  if (!from.has_source()) {
    checks.Refuse(v1::REFUSE_REASON_MISSING_FIELD, path + ".source");
  } else {
    arrival.source = checks.Endpoint(path + ".source", from.source());
  }
  if (from.has_ip_ttl()) {
    arrival.ip_ttl = static_cast<std::uint8_t>(
        checks.UpTo(path + ".ip_ttl", from.ip_ttl(), 255));
  }
  if (from.has_dont_fragment()) arrival.dont_fragment = from.dont_fragment();
  if (from.has_ip_id_zero()) arrival.ip_id_zero = from.ip_id_zero();
  if (from.message().size() > kMaxMessageBytes) {
    checks.Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, path + ".message");
  }
  std::optional<std::uint32_t> original_size;
  if (from.has_original_size()) {
    original_size =
        checks.UpTo(path + ".original_size", from.original_size(), 65535);
  }
  if (!checks.ok()) return;
  row.messages.push_back(from.message());
  row.original_sizes.push_back(original_size);
  row.asked.replies.push_back(
      dissect::Dissect(BytesOf(from.message()), arrival, row.asked));
}

void AdmitIcmpErrors(const v1::Measurement& from, FieldChecks& checks,
                     store::MeasurementRow& row) {
  checks.AtMost("icmp_errors", from.icmp_errors_size(), kMaxReplies);
  for (int i = 0; checks.ok() && i < from.icmp_errors_size(); ++i) {
    const v1::IcmpError& error = from.icmp_errors(i);
    const std::string path = "icmp_errors[" + std::to_string(i) + "]";
    store::IcmpErrorRow icmp;
    icmp.offender = checks.Address(path + ".offender", error.offender());
    icmp.type = static_cast<std::uint8_t>(
        checks.UpTo(path + ".type", error.type(), 255));
    icmp.code = static_cast<std::uint8_t>(
        checks.UpTo(path + ".code", error.code(), 255));
    icmp.arrival_offset =
        checks.Duration(path + ".arrival_offset", error.has_arrival_offset(),
                        error.arrival_offset(), kLongestWindow);
    row.icmp_errors.push_back(icmp);
  }
}

void AdmitRedactions(const v1::Measurement& from, FieldChecks& checks,
                     store::MeasurementRow& row) {
  checks.AtMost("redactions", from.redactions_size(), 64);
  for (int i = 0; checks.ok() && i < from.redactions_size(); ++i) {
    const v1::Redaction& redaction = from.redactions(i);
    const std::string path = "redactions[" + std::to_string(i) + "]";
    store::RedactionRow masked;
    masked.reason = static_cast<std::uint8_t>(checks.Enum(
        path + ".reason", redaction.reason(), v1::RedactionReason_IsValid));
    if (redaction.response() >= row.messages.size()) {
      checks.Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, path + ".response");
      return;
    }
    const std::size_t size = row.messages[redaction.response()].size();
    if (redaction.offset() > size ||
        redaction.length() > size - redaction.offset()) {
      checks.Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, path + ".length");
    }
    masked.reply = redaction.response() + 1;
    masked.offset = redaction.offset();
    masked.length = redaction.length();
    row.redactions.push_back(masked);
  }
}

void CheckMasked(const std::optional<net::IpAddress>& peer, FieldChecks& checks,
                 const store::MeasurementRow& row) {
  if (!peer.has_value() || IsLoopback(*peer)) return;
  for (std::size_t i = 0; i < row.messages.size(); ++i) {
    if (HoldsAddress(row.messages[i], *peer)) {
      checks.Refuse(v1::REFUSE_REASON_UNMASKED_ADDRESS,
                    "responses[" + std::to_string(i) + "].message");
    }
  }
  // An answer may lead a check to the volunteer's own door.
  if (judge::IsCheck(row.asked) && row.asked.server &&
      row.asked.server->address == *peer) {
    checks.Refuse(v1::REFUSE_REASON_UNMASKED_ADDRESS, "server");
  }
  for (std::size_t i = 0; i < row.icmp_errors.size(); ++i) {
    if (row.icmp_errors[i].offender == *peer) {
      checks.Refuse(v1::REFUSE_REASON_UNMASKED_ADDRESS,
                    "icmp_errors[" + std::to_string(i) + "].offender");
    }
  }
}

store::MeasurementRow AdmitOne(const v1::Measurement& from,
                               const std::optional<net::IpAddress>& peer,
                               FieldChecks& checks) {
  store::MeasurementRow row;
  AdmitQuestion(from, checks, row);
  checks.AtMost("responses", from.responses_size(), kMaxReplies);
  for (int i = 0; checks.ok() && i < from.responses_size(); ++i) {
    AdmitReply(from.responses(i), "responses[" + std::to_string(i) + "]",
               checks, row);
  }
  AdmitConnection(from, checks, row);
  AdmitCheck(checks, row);
  AdmitIcmpErrors(from, checks, row);
  AdmitRedactions(from, checks, row);
  if (checks.ok()) CheckMasked(peer, checks, row);
  return row;
}

}  // namespace

Admitted AdmitMeasurements(const v1::Batch& batch,
                           const std::optional<net::IpAddress>& peer) {
  Admitted admitted;
  admitted.rows.reserve(static_cast<std::size_t>(batch.measurements_size()));
  for (int i = 0; i < batch.measurements_size(); ++i) {
    FieldChecks checks;
    store::MeasurementRow row = AdmitOne(batch.measurements(i), peer, checks);
    const auto ordinal = static_cast<std::uint32_t>(i);
    if (checks.ok()) {
      row.asked.ordinal = ordinal;
      admitted.rows.push_back(std::move(row));
      continue;
    }
    v1::RefusedMeasurement& refused = admitted.refused.emplace_back();
    refused.set_ordinal(ordinal);
    refused.set_reason(checks.reason());
    refused.set_field(checks.field());
  }
  return admitted;
}

}  // namespace taster::ingest
