// SPDX-License-Identifier: Apache-2.0
#include "collector/store/evidence_query.h"

#include <string>
#include <vector>

#include "collector/reference/day.h"
#include "collector/store/field_reader.h"

namespace taster::store {
namespace {

// A day is one partition, and a batch's pages are found by a Bloom filter over
// batch_id: both want to see the values themselves, not a join.
#define TASTER_OF_THE_BATCHES                                             \
  " WHERE vantage_id = ANY($1::bigint[]) AND batch_day = ANY($2::date[])" \
  " AND batch_id = ANY($3::uuid[])"

constexpr char kMeasurements[] =
    "SELECT vantage_id, batch_id, ordinal, set_ordinal, question_role, qname,"
    " qtype, host(server), server_port, server_kind, transport,"
    " (extract(epoch FROM query_time) * 1000000)::bigint,"
    " (extract(epoch FROM window_length) * 1000000)::bigint, source_port,"
    " query_ip_ttl, outcome, uncounted_responses, retry, query"
    " FROM taster.measurement" TASTER_OF_THE_BATCHES;
constexpr char kResponses[] =
    "SELECT vantage_id, batch_id, ordinal,"
    " (extract(epoch FROM arrival_offset) * 1000000)::bigint, host(source),"
    " source_port, ip_ttl, dont_fragment, ip_id_zero, fit, flags, rcode,"
    " rr_ttl, defect, message, original_size"
    " FROM taster.response" TASTER_OF_THE_BATCHES
    " ORDER BY vantage_id, batch_id, ordinal, reply";
constexpr char kServices[] =
    "SELECT vantage_id, batch_id, ordinal, server_name,"
    " connect_time IS NOT NULL, http_status, redirect_host"
    " FROM taster.stream" TASTER_OF_THE_BATCHES " AND server_name <> ''";
constexpr char kStreams[] =
    "SELECT phase, bytes_received,"
    " (extract(epoch FROM connect_time) * 1000000)::bigint,"
    " (extract(epoch FROM handshake_time) * 1000000)::bigint,"
    " tls_alert, http_status, certificate_fault,"
    " (SELECT count(*) FROM unnest(certificates)), redirect_host"
    " FROM taster.stream" TASTER_OF_THE_BATCHES " AND ordinal = $4";
constexpr char kIcmpErrors[] =
    "SELECT host(offender), icmp_type, icmp_code,"
    " (extract(epoch FROM arrival_offset) * 1000000)::bigint"
    " FROM taster.icmp_error" TASTER_OF_THE_BATCHES
    " AND ordinal = $4 ORDER BY position";
constexpr char kRedactions[] =
    "SELECT reply, byte_offset, byte_length, reason"
    " FROM taster.redaction" TASTER_OF_THE_BATCHES
    " AND ordinal = $4 ORDER BY reply, byte_offset";

#undef TASTER_OF_THE_BATCHES

struct Arrays {
  std::string vantages = "{";
  std::string days = "{";
  std::string ids = "{";
};

Arrays ToArrays(const std::set<BatchKey>& batches) {
  std::set<std::string> vantages;
  std::set<std::string> days;
  std::set<std::string> ids;
  for (const BatchKey& key : batches) {
    vantages.insert(std::to_string(key.vantage_id));
    days.insert(reference::DayText(key.batch_id.day()));
    ids.insert(UuidText(key.batch_id));
  }
  const auto array = [](const std::set<std::string>& values) {
    return TextArray({values.begin(), values.end()});
  };
  return {array(vantages), array(days), array(ids)};
}

BatchKey ReadKey(const pqxx::row& row) {
  return {row[0].as<std::int64_t>(), ReadBatchId(row[1])};
}

MeasurementRow ReadMeasurement(const pqxx::row& row) {
  MeasurementRow stored;
  judge::Asked& asked = stored.asked;
  asked.ordinal = row[2].as<std::uint32_t>();
  stored.set = row[3].as<std::uint32_t>();
  asked.role = static_cast<judge::QuestionRole>(ReadOctet(row[4]));
  asked.qname = dns::Name::Parse(row[5].c_str()).value_or(dns::Name());
  asked.qtype = row[6].as<std::uint16_t>();
  if (!row[7].is_null()) {
    asked.server =
        net::Endpoint{ReadAddress(row[7]), row[8].as<std::uint16_t>()};
  }
  asked.server_kind = static_cast<judge::ServerKind>(ReadOctet(row[9]));
  asked.transport = static_cast<judge::Transport>(ReadOctet(row[10]));
  stored.query_time = ReadTime(row[11]);
  stored.window = ReadInterval(row[12]);
  stored.source_port = ReadOptional<std::uint16_t>(row[13]);
  if (!row[14].is_null()) stored.query_ip_ttl = ReadOctet(row[14]);
  asked.outcome = static_cast<judge::Outcome>(ReadOctet(row[15]));
  stored.uncounted_responses = row[16].as<std::uint32_t>();
  stored.retry = row[17].as<std::uint16_t>();
  stored.query = ReadBytes(row[18]);
  return stored;
}

void ReadResponse(const pqxx::row& row, MeasurementRow* stored) {
  judge::Observation reply;
  reply.arrival_offset = ReadInterval(row[3]);
  reply.source = {ReadAddress(row[4]), row[5].as<std::uint16_t>()};
  if (!row[6].is_null()) reply.ip_ttl = ReadOctet(row[6]);
  reply.dont_fragment = ReadOptional<bool>(row[7]);
  reply.ip_id_zero = ReadOptional<bool>(row[8]);
  reply.fit = static_cast<judge::Fit>(ReadOctet(row[9]));
  reply.flags = row[10].as<std::uint16_t>();
  reply.rcode = ReadOctet(row[11]);
  reply.rr_ttl = ReadOptional<std::uint32_t>(row[12]);
  reply.defect = ReadOctet(row[13]);
  stored->asked.replies.push_back(std::move(reply));
  stored->messages.push_back(ReadBytes(row[14]));
  stored->original_sizes.push_back(ReadOptional<std::uint32_t>(row[15]));
}

// The certificates themselves stay where they are.
StreamRow ReadStream(const pqxx::row& row) {
  StreamRow stream;
  stream.phase = ReadOctet(row[0]);
  stream.bytes_received = row[1].as<std::uint64_t>();
  if (!row[2].is_null()) stream.connect_time = ReadInterval(row[2]);
  if (!row[3].is_null()) stream.handshake_time = ReadInterval(row[3]);
  if (!row[4].is_null()) stream.tls_alert = ReadOctet(row[4]);
  stream.http_status = ReadOptional<std::uint16_t>(row[5]);
  if (!row[6].is_null()) stream.certificate_fault = ReadOctet(row[6]);
  stream.certificates.resize(row[7].as<std::size_t>());
  stream.redirect_host = row[8].c_str();
  return stream;
}

}  // namespace

StoredMeasurements QueryEvidence(const std::set<BatchKey>& batches,
                                 pqxx::transaction_base* transaction) {
  StoredMeasurements stored;
  if (batches.empty()) return stored;
  const Arrays keys = ToArrays(batches);
  for (const pqxx::row& row : transaction->exec_params(
           kMeasurements, keys.vantages, keys.days, keys.ids)) {
    const BatchKey key = ReadKey(row);
    // The arrays' cross product may name another vantage point's batch.
    if (!batches.contains(key)) continue;
    MeasurementRow measurement = ReadMeasurement(row);
    const std::uint32_t ordinal = measurement.asked.ordinal;
    stored.emplace(std::pair(key, ordinal), std::move(measurement));
  }
  for (const pqxx::row& row : transaction->exec_params(
           kResponses, keys.vantages, keys.days, keys.ids)) {
    const auto at = stored.find({ReadKey(row), row[2].as<std::uint32_t>()});
    if (at != stored.end()) ReadResponse(row, &at->second);
  }
  for (const pqxx::row& row : transaction->exec_params(kServices, keys.vantages,
                                                       keys.days, keys.ids)) {
    const auto at = stored.find({ReadKey(row), row[2].as<std::uint32_t>()});
    if (at == stored.end()) continue;
    judge::Asked& asked = at->second.asked;
    asked.server_name = dns::Name::Parse(row[3].c_str()).value_or(dns::Name());
    asked.service = {.connected = row[4].as<bool>(),
                     .http_status = ReadOptional<std::uint16_t>(row[5]),
                     .redirect_host = row[6].c_str()};
  }
  return stored;
}

void QueryCircumstances(const BatchKey& key, MeasurementRow* row,
                        pqxx::transaction_base* transaction) {
  const Arrays keys = ToArrays({key});
  const int ordinal = static_cast<int>(row->asked.ordinal);
  for (const pqxx::row& error : transaction->exec_params(
           kIcmpErrors, keys.vantages, keys.days, keys.ids, ordinal)) {
    row->icmp_errors.push_back({ReadAddress(error[0]), ReadOctet(error[1]),
                                ReadOctet(error[2]), ReadInterval(error[3])});
  }
  for (const pqxx::row& masked : transaction->exec_params(
           kRedactions, keys.vantages, keys.days, keys.ids, ordinal)) {
    row->redactions.push_back(
        {masked[0].as<std::uint32_t>(), masked[1].as<std::uint32_t>(),
         masked[2].as<std::uint32_t>(), ReadOctet(masked[3])});
  }
  for (const pqxx::row& stream : transaction->exec_params(
           kStreams, keys.vantages, keys.days, keys.ids, ordinal)) {
    row->stream = ReadStream(stream);
  }
}

}  // namespace taster::store
