// SPDX-License-Identifier: Apache-2.0
// Rows of the evidence tables, column by column as in CopyStatement.
#include <algorithm>

#include "absl/container/inlined_vector.h"
#include "collector/store/batch_rows.h"

namespace taster::store {
namespace {

void BeginRow(const BatchKey& key, std::uint32_t ordinal, std::int16_t columns,
              CopyEncoder* row) {
  row->BeginRow(columns);
  row->Int8(key.vantage_id);
  row->Date(key.batch_id.day());
  row->Uuid(key.batch_id.bytes);
  row->Int2(ordinal);
}

template <typename T>
void Int2OrNull(const std::optional<T>& value, CopyEncoder* row) {
  value ? row->Int2(*value) : row->Null();
}

template <typename T>
void Int4OrNull(const std::optional<T>& value, CopyEncoder* row) {
  value ? row->Int4(*value) : row->Null();
}

void BoolOrNull(const std::optional<bool>& value, CopyEncoder* row) {
  value ? row->Bool(*value) : row->Null();
}

void AppendMeasurement(const BatchKey& key, const MeasurementRow& source,
                       CopyEncoder* row) {
  const judge::Asked& asked = source.asked;
  BeginRow(key, asked.ordinal, 21, row);
  row->Int2(source.set);
  row->Int2(static_cast<int>(asked.role));
  row->Text(asked.qname.ToText());
  row->Int4(asked.qtype);
  asked.server ? row->Inet(asked.server->address) : row->Null();
  asked.server ? row->Int4(asked.server->port) : row->Null();
  row->Int2(static_cast<int>(asked.server_kind));
  row->Int2(static_cast<int>(asked.transport));
  row->TimestampTz(source.query_time);
  row->Interval(source.window);
  Int4OrNull(source.source_port, row);
  Int2OrNull(source.query_ip_ttl, row);
  row->Int2(static_cast<int>(asked.outcome));
  row->Int2(static_cast<std::int64_t>(source.messages.size()));
  row->Int4(source.uncounted_responses);
  row->Int2(source.retry);
  row->Bytes(source.query);
}

void AppendResponse(const BatchKey& key, const MeasurementRow& source,
                    std::size_t index, CopyEncoder* row) {
  const judge::Observation& reply = source.asked.replies[index];
  BeginRow(key, source.asked.ordinal, 19, row);
  row->Int2(static_cast<std::int64_t>(index + 1));
  row->Interval(reply.arrival_offset);
  row->Inet(reply.source.address);
  row->Int4(reply.source.port);
  Int2OrNull(reply.ip_ttl, row);
  BoolOrNull(reply.dont_fragment, row);
  BoolOrNull(reply.ip_id_zero, row);
  row->Int2(static_cast<int>(reply.fit));
  row->Int4(reply.flags);
  row->Int2(reply.rcode);
  absl::InlinedVector<net::IpAddress, 8> addresses;
  for (const judge::AnsweredAddress& answered : reply.addresses) {
    addresses.push_back(answered.address);
  }
  row->InetArray(addresses);
  reply.rr_ttl ? row->Int8(*reply.rr_ttl) : row->Null();
  row->Int2(reply.defect);
  row->Bytes(source.messages[index]);
  index < source.original_sizes.size()
      ? Int4OrNull(source.original_sizes[index], row)
      : row->Null();
}

void AppendIcmpError(const BatchKey& key, const MeasurementRow& source,
                     std::size_t index, CopyEncoder* row) {
  const IcmpErrorRow& error = source.icmp_errors[index];
  BeginRow(key, source.asked.ordinal, 9, row);
  row->Int2(static_cast<std::int64_t>(index + 1));
  row->Inet(error.offender);
  row->Int2(error.type);
  row->Int2(error.code);
  row->Interval(error.arrival_offset);
}

void AppendRedaction(const BatchKey& key, const MeasurementRow& source,
                     std::size_t index, CopyEncoder* row) {
  const RedactionRow& redaction = source.redactions[index];
  BeginRow(key, source.asked.ordinal, 8, row);
  row->Int2(redaction.reply);
  row->Int4(redaction.offset);
  row->Int4(redaction.length);
  row->Int2(redaction.reason);
}

void IntervalOrNull(const std::optional<std::chrono::microseconds>& value,
                    CopyEncoder* row) {
  value ? row->Interval(*value) : row->Null();
}

void AppendStream(const BatchKey& key, const MeasurementRow& source,
                  CopyEncoder* row) {
  const StreamRow& stream = *source.stream;
  BeginRow(key, source.asked.ordinal, 14, row);
  row->Text(source.asked.server_name.is_root()
                ? std::string()
                : source.asked.server_name.ToText());
  row->Int2(stream.phase);
  row->Int8(static_cast<std::int64_t>(stream.bytes_received));
  IntervalOrNull(stream.connect_time, row);
  IntervalOrNull(stream.handshake_time, row);
  Int2OrNull(stream.tls_alert, row);
  Int2OrNull(stream.http_status, row);
  Int2OrNull(stream.certificate_fault, row);
  row->BytesArray(stream.certificates);
  row->Text(stream.redirect_host);
}

}  // namespace

void AppendTrace(const BatchKey& key, const TraceRow& source, int position,
                 TableRows* tables) {
  CopyEncoder* row = &(*tables)[Table::kTrace];
  BeginRow(key, source.set, 21, row);
  row->Int2(position);
  row->Text(source.qname);
  row->Int4(source.qtype);
  source.server ? row->Inet(source.server->address) : row->Null();
  source.server ? row->Int4(source.server->port) : row->Null();
  row->Int4(source.steps);
  source.server_hop ? row->Int2(source.server_hop->low) : row->Null();
  source.server_hop ? row->Int2(source.server_hop->high) : row->Null();
  BoolOrNull(source.symmetric, row);
  const auto& located = source.located;
  located ? row->Int2(static_cast<int>(located->method)) : row->Null();
  located ? row->Int2(located->hop.low) : row->Null();
  located ? row->Int2(located->hop.high) : row->Null();
  located ? row->Int2(located->likely) : row->Null();
  row->Int4(located ? located->drawn : 0);
  row->Text(source.injector);
  source.router ? row->Inet(*source.router) : row->Null();
  row->Int8(source.router_as);
}

void AppendEvidence(const BatchKey& key, const MeasurementRow& row,
                    TableRows* tables) {
  AppendMeasurement(key, row, &(*tables)[Table::kMeasurement]);
  // Whoever filled the row must have dissected every message.
  const std::size_t replies =
      std::min(row.messages.size(), row.asked.replies.size());
  for (std::size_t i = 0; i < replies; ++i) {
    AppendResponse(key, row, i, &(*tables)[Table::kResponse]);
  }
  for (std::size_t i = 0; i < row.icmp_errors.size(); ++i) {
    AppendIcmpError(key, row, i, &(*tables)[Table::kIcmpError]);
  }
  for (std::size_t i = 0; i < row.redactions.size(); ++i) {
    AppendRedaction(key, row, i, &(*tables)[Table::kRedaction]);
  }
  if (row.stream) AppendStream(key, row, &(*tables)[Table::kStream]);
}

}  // namespace taster::store
