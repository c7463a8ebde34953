// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/admit_connection.h"

#include <algorithm>
#include <string>

#include "collector/judge/check.h"

namespace taster::ingest {
namespace {

// More than any answer takes; who claims more is not believed.
constexpr std::uint64_t kMaxStreamBytes = 1 << 30;
constexpr int kMaxCertificates = 8;
constexpr std::size_t kMaxCertificateBytes = 8192;
constexpr std::size_t kMaxHostBytes = 253;

// Of a host's name or address (RFC 3986 section 3.2.2), lower case.
bool IsOfHost(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-' || c == '_' || c == ':' || c == '[' || c == ']';
}

void AdmitStream(const v1::StreamFacts& from, FieldChecks& checks,
                 store::StreamRow& stream) {
  stream.phase = static_cast<std::uint8_t>(
      checks.Enum("stream.phase", from.phase(), v1::StreamPhase_IsValid));
  stream.bytes_received = std::min(from.bytes_received(), kMaxStreamBytes);
  if (from.has_connect_time()) {
    stream.connect_time = checks.Duration("stream.connect_time", true,
                                          from.connect_time(), kLongestWindow);
  }
  if (from.has_handshake_time()) {
    stream.handshake_time = checks.Duration(
        "stream.handshake_time", true, from.handshake_time(), kLongestWindow);
  }
  if (from.has_tls_alert()) {
    stream.tls_alert = static_cast<std::uint8_t>(
        checks.UpTo("stream.tls_alert", from.tls_alert(), 255));
  }
  if (from.has_http_status()) {
    stream.http_status = static_cast<std::uint16_t>(
        checks.UpTo("stream.http_status", from.http_status(), 999));
  }
  if (from.has_certificate_fault()) {
    stream.certificate_fault = static_cast<std::uint8_t>(
        checks.Enum("stream.certificate_fault", from.certificate_fault(),
                    v1::CertificateFault_IsValid));
  }
  checks.AtMost("stream.certificates", from.certificates_size(),
                kMaxCertificates);
  for (const std::string& certificate : from.certificates()) {
    if (certificate.size() > kMaxCertificateBytes) {
      checks.Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, "stream.certificates");
    }
    stream.certificates.push_back(certificate);
  }
  if (from.redirect_host().size() > kMaxHostBytes ||
      !std::ranges::all_of(from.redirect_host(), IsOfHost)) {
    checks.Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, "stream.redirect_host");
  }
  stream.redirect_host = from.redirect_host();
}

}  // namespace

void AdmitConnection(const v1::Measurement& from, FieldChecks& checks,
                     store::MeasurementRow& row) {
  if (!from.server_name().empty()) {
    const auto name = dns::Name::Parse(from.server_name());
    if (!name) checks.Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, "server_name");
    row.asked.server_name = name.value_or(dns::Name());
  }
  if (!from.has_stream()) return;
  if (row.asked.transport == judge::Transport::kUdp) {
    checks.Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, "stream");
  }
  store::StreamRow& stream = row.stream.emplace();
  AdmitStream(from.stream(), checks, stream);
  row.asked.service = {.connected = stream.connect_time.has_value(),
                       .http_status = stream.http_status,
                       .redirect_host = stream.redirect_host};
}

void AdmitCheck(FieldChecks& checks, const store::MeasurementRow& row) {
  const judge::Asked& asked = row.asked;
  const bool is_check = judge::IsCheck(asked);
  if (is_check != (asked.server_kind == judge::ServerKind::kHost)) {
    checks.Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, "server_kind");
  }
  if (!is_check) {
    if (asked.outcome == judge::Outcome::kServed) {
      checks.Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, "outcome");
    }
    return;
  }
  if (asked.transport != judge::Transport::kTls &&
      asked.transport != judge::Transport::kHttps) {
    checks.Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, "transport");
  }
  if (!asked.server) {
    checks.Refuse(v1::REFUSE_REASON_MISSING_FIELD, "server");
  }
  if (asked.outcome == judge::Outcome::kResponse || !row.messages.empty()) {
    checks.Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, "responses");
  }
}

}  // namespace taster::ingest
