// SPDX-License-Identifier: Apache-2.0
// Field by field.
#include "probe/record/wire_values.h"

#include <algorithm>

namespace taster::record {
namespace {

// taster.v1.StreamFacts.certificates.
constexpr int kMaxCertificates = 8;
constexpr std::size_t kMaxCertificateBytes = 8192;

}  // namespace

void SetEndpoint(const net::Endpoint& from, v1::Endpoint* to) {
  const auto bytes = from.address.bytes();
  to->set_address(bytes.data(), bytes.size());
  to->set_port(from.port);
}

void SetDuration(std::chrono::microseconds from,
                 google::protobuf::Duration* to) {
  from = std::max(from, std::chrono::microseconds(0));
  const auto seconds = std::chrono::floor<std::chrono::seconds>(from);
  to->set_seconds(seconds.count());
  to->set_nanos(static_cast<std::int32_t>((from - seconds).count() * 1000));
}

void SetTime(std::chrono::sys_time<std::chrono::microseconds> from,
             google::protobuf::Timestamp* to) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(from);
  to->set_seconds(seconds.time_since_epoch().count());
  to->set_nanos(static_cast<std::int32_t>((from - seconds).count() * 1000));
}

void SetResponse(const capture::Arrived& from, v1::Response* to) {
  to->set_message(from.message.data(), from.message.size());
  SetDuration(from.offset, to->mutable_arrival_offset());
  SetEndpoint(from.source, to->mutable_source());
  if (from.ip_ttl) to->set_ip_ttl(*from.ip_ttl);
  if (from.dont_fragment) to->set_dont_fragment(*from.dont_fragment);
  if (from.ip_id_zero) to->set_ip_id_zero(*from.ip_id_zero);
  if (from.original_size > from.message.size()) {
    to->set_original_size(from.original_size);
  }
}

void SetIcmp(const capture::IcmpArrived& from, v1::IcmpError* to) {
  const auto bytes = from.offender.bytes();
  to->set_offender(bytes.data(), bytes.size());
  to->set_type(from.type);
  to->set_code(from.code);
  to->set_v6(from.v6);
  SetDuration(from.offset, to->mutable_arrival_offset());
}

void SetStream(const capture::StreamFacts& from, v1::StreamFacts* to) {
  to->set_phase(static_cast<v1::StreamPhase>(from.phase));
  to->set_bytes_received(from.bytes_received);
  if (from.connect_time) {
    SetDuration(*from.connect_time, to->mutable_connect_time());
  }
  if (from.handshake_time) {
    SetDuration(*from.handshake_time, to->mutable_handshake_time());
  }
  if (from.tls_alert) to->set_tls_alert(*from.tls_alert);
  if (from.http_status) to->set_http_status(*from.http_status);
  to->set_redirect_host(from.redirect_host);
  // A chain that is as it should be tells nothing more, and takes much room.
  if (!from.certificate_fault) return;
  to->set_certificate_fault(
      static_cast<v1::CertificateFault>(*from.certificate_fault));
  for (const auto& certificate : from.certificates) {
    if (to->certificates_size() == kMaxCertificates ||
        certificate.size() > kMaxCertificateBytes) {
      break;
    }
    to->add_certificates(certificate.data(), certificate.size());
  }
}

}  // namespace taster::record
