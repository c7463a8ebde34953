// SPDX-License-Identifier: Apache-2.0
// The COPY statements, and what all tables' rows share.
#include "collector/store/batch_rows.h"

#include "fmt/format.h"

namespace taster::store {
namespace {

constexpr std::array<const char*, kTables> kCopyStatements = {
    "COPY taster.measurement (vantage_id, batch_day, batch_id, ordinal,"
    " set_ordinal, question_role, qname, qtype, server, server_port,"
    " server_kind, transport, query_time, window_length, source_port,"
    " query_ip_ttl, outcome, response_count, uncounted_responses, retry,"
    " query) FROM STDIN (FORMAT binary)",
    "COPY taster.response (vantage_id, batch_day, batch_id, ordinal, reply,"
    " arrival_offset, source, source_port, ip_ttl, dont_fragment, ip_id_zero,"
    " fit, flags, rcode, addresses, rr_ttl, defect, message, original_size)"
    " FROM STDIN (FORMAT binary)",
    "COPY taster.icmp_error (vantage_id, batch_day, batch_id, ordinal,"
    " position, offender, icmp_type, icmp_code, arrival_offset)"
    " FROM STDIN (FORMAT binary)",
    "COPY taster.redaction (vantage_id, batch_day, batch_id, ordinal, reply,"
    " byte_offset, byte_length, reason) FROM STDIN (FORMAT binary)",
    "COPY taster.stream (vantage_id, batch_day, batch_id, ordinal,"
    " server_name, phase, bytes_received, connect_time, handshake_time,"
    " tls_alert, http_status, certificate_fault, certificates,"
    " redirect_host)"
    " FROM STDIN (FORMAT binary)",
    "COPY taster.trace (vantage_id, batch_day, batch_id, set_ordinal,"
    " position, qname, qtype, server, server_port, steps, server_hop_low,"
    " server_hop_high, is_symmetric, method, hop_low, hop_high, hop_likely,"
    " drawn, injector_id, router, router_asn) FROM STDIN (FORMAT binary)",
    "COPY taster.set_verdict (vantage_id, batch_day, batch_id, set_ordinal,"
    " qname, class, mechanism, injector_id, ruleset_id, is_open, judge_time)"
    " FROM STDIN (FORMAT binary)",
    "COPY taster.verdict (vantage_id, batch_day, batch_id, ordinal, reply,"
    " has_say, class, mechanism, injector_id, ruleset_id) FROM STDIN (FORMAT "
    "binary)",
    "COPY taster.finding (vantage_id, batch_day, batch_id, ordinal, reply,"
    " rule_id, subject, reason) FROM STDIN (FORMAT binary)",
};

}  // namespace

const char* CopyStatement(Table table) {
  return kCopyStatements[static_cast<std::size_t>(table)];
}

absl::Status TableRows::status() const {
  for (std::size_t i = 0; i < kTables; ++i) {
    const absl::Status& status = encoders_[i].status();
    if (status.ok()) continue;
    std::string_view table = kCopyStatements[i];
    table.remove_prefix(std::string_view("COPY taster.").size());
    return absl::Status(status.code(),
                        fmt::format("{}: {}", table.substr(0, table.find(' ')),
                                    std::string(status.message())));
  }
  return absl::OkStatus();
}

std::int64_t TableRows::rows() const {
  std::int64_t rows = 0;
  for (const CopyEncoder& encoder : encoders_) rows += encoder.rows();
  return rows;
}

}  // namespace taster::store
