// SPDX-License-Identifier: Apache-2.0
#include "collector/store/evidence_stream.h"

#include <array>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "collector/reference/day.h"
#include "collector/store/catalogue_store.h"
#include "collector/store/copy_decoder.h"
#include "collector/store/session.h"

namespace taster::store {
namespace {

// Sorting a day is what takes the server's time.
constexpr char kSettings[] =
    "SET lock_timeout = '2s'; SET work_mem = '128MB'; SET jit = off;"
    " SET hash_mem_multiplier = 2;"
    // Of a day that has just been filled there are no statistics: the planner
    // takes it for empty and would look up every row by itself.
    " SET enable_nestloop = off";

// Subqueries give one value each, so that other partitions are not touched.
constexpr char kDays[] =
    "SELECT DISTINCT batch_day FROM taster.batch"
    " WHERE batch_day >= (SELECT day FROM unnest($1::date[]) AS given (day))"
    " AND batch_day <= (SELECT day FROM unnest($2::date[]) AS given (day))"
    " AND receive_time >= (SELECT coalesce(min(time), '-infinity')"
    " FROM unnest($3::timestamptz[]) AS given (time)) ORDER BY batch_day";

// COPY takes no parameters, so they come as settings of the session.
constexpr char kSet[] =
    "SELECT set_config('taster.day', day, false),"
    " set_config('taster.qname', qname, false),"
    " set_config('taster.received', received, false)"
    " FROM unnest($1::text[], $2::text[], $3::text[])"
    " AS given (day, qname, received)";

#define TASTER_DAY "current_setting('taster.day')::date"
#define TASTER_COLUMNS                                                \
  "COPY (SELECT s.vantage_id, s.batch_id, s.set_ordinal, s.qname,"    \
  " s.class, s.mechanism, s.injector_id, m.ordinal, m.question_role," \
  " m.qname, m.qtype, m.server, m.server_port, m.server_kind,"        \
  " m.transport, m.query_time, m.outcome, m.query, t.server_name,"    \
  " t.connect_time IS NOT NULL, t.http_status, t.redirect_host,"      \
  " r.reply,"                                                         \
  " r.arrival_offset, r.source, r.source_port, r.ip_ttl,"             \
  " r.dont_fragment, r.ip_id_zero, r.message,"
#define TASTER_TABLES                                              \
  " FROM taster.set_verdict AS s JOIN taster.measurement AS m"     \
  " ON m.batch_day = " TASTER_DAY                                  \
  " AND m.vantage_id = s.vantage_id"                               \
  " AND m.batch_id = s.batch_id AND m.set_ordinal = s.set_ordinal" \
  " LEFT JOIN taster.stream AS t ON t.batch_day = " TASTER_DAY     \
  " AND t.vantage_id = m.vantage_id AND t.batch_id = m.batch_id"   \
  " AND t.ordinal = m.ordinal"                                     \
  " LEFT JOIN taster.response AS r ON r.batch_day = " TASTER_DAY   \
  " AND r.vantage_id = m.vantage_id AND r.batch_id = m.batch_id"   \
  " AND r.ordinal = m.ordinal"
#define TASTER_ROWS                                                   \
  " WHERE s.batch_day = " TASTER_DAY                                  \
  " AND current_setting('taster.qname') IN ('', s.qname)"             \
  " AND (current_setting('taster.received') = '' OR EXISTS ("         \
  "SELECT FROM taster.batch AS b WHERE b.batch_day = " TASTER_DAY     \
  " AND b.vantage_id = s.vantage_id AND b.batch_id = s.batch_id"      \
  " AND b.receive_time"                                               \
  " >= nullif(current_setting('taster.received'), '')::timestamptz))" \
  " ORDER BY s.vantage_id, s.batch_id, s.set_ordinal, m.ordinal,"     \
  " r.reply) TO STDOUT (FORMAT binary)"
constexpr char kEvidence[] =
    TASTER_COLUMNS " NULL::text AS rules" TASTER_TABLES TASTER_ROWS;
constexpr char kEvidenceAndFired[] = TASTER_COLUMNS
    " f.rules" TASTER_TABLES
    " LEFT JOIN (SELECT vantage_id, batch_id, ordinal, reply,"
    " string_agg(rule_id, ' ' ORDER BY rule_id COLLATE \"C\") AS rules"
    " FROM taster.finding WHERE batch_day = " TASTER_DAY
    " GROUP BY vantage_id, batch_id, ordinal, reply) AS f"
    " ON f.vantage_id = r.vantage_id AND f.batch_id = r.batch_id"
    " AND f.ordinal = r.ordinal AND f.reply = r.reply" TASTER_ROWS;
#undef TASTER_DAY
#undef TASTER_COLUMNS
#undef TASTER_TABLES
#undef TASTER_ROWS

// Puts rows together again.
class Assembler {
 public:
  using Take = std::function<absl::Status(EvidenceSet&&)>;
  using Networks = absl::flat_hash_map<std::int64_t, judge::Network>;

  Assembler(const Take& take, Networks networks)
      : take_(take), networks_(std::move(networks)) {}

  absl::Status Row(std::string_view message) {
    CopyDecoder row(message);
    if (row.is_end()) return absl::OkStatus();
    SetKey key;
    key.batch.vantage_id = row.Integer();
    key.batch.batch_id = row.Uuid();
    key.set = static_cast<std::uint32_t>(row.Integer());
    if (!set_ || set_->stored.key != key) {
      if (absl::Status status = Finish(); !status.ok()) return status;
      Begin(key);
    }
    ReadVerdict(&row);
    ReadMeasurement(&row);
    ReadReply(&row);
    if (row.ok()) return absl::OkStatus();
    return absl::InternalError("COPY: not the columns that were asked for");
  }

  absl::Status Finish() {
    if (!set_) return absl::OkStatus();
    EvidenceSet done = *std::move(set_);
    set_.reset();
    return take_(std::move(done));
  }

 private:
  void Begin(const SetKey& key) {
    set_.emplace();
    set_->stored.key = key;
    const auto network = networks_.find(key.batch.vantage_id);
    if (network != networks_.end()) set_->stored.network = network->second;
  }

  void ReadVerdict(CopyDecoder* row) {
    set_->stored.qname = row->Bytes();
    set_->verdict = static_cast<judge::Class>(row->Integer());
    set_->mechanism = static_cast<judge::Mechanism>(row->Integer());
    set_->injector = row->Bytes();
  }

  void ReadMeasurement(CopyDecoder* row) {
    auto& all = set_->stored.measurements;
    const auto ordinal = static_cast<std::uint32_t>(row->Integer());
    if (all.empty() || all.back().asked.ordinal != ordinal) {
      all.emplace_back();
      all.back().asked.ordinal = ordinal;
      all.back().set = set_->stored.key.set;
    }
    MeasurementRow& measurement = all.back();
    judge::Asked& asked = measurement.asked;
    asked.role = static_cast<judge::QuestionRole>(row->Integer());
    // Of a further reply's row everything is known already.
    const std::string_view qname = row->Bytes();
    if (measurement.query.empty()) {
      asked.qname = dns::Name::Parse(qname).value_or(dns::Name());
    }
    asked.qtype = static_cast<std::uint16_t>(row->Integer());
    const auto server = row->OptionalInet();
    const auto port = row->OptionalInteger();
    if (server) {
      asked.server =
          net::Endpoint{*server, static_cast<std::uint16_t>(port.value_or(0))};
    }
    asked.server_kind = static_cast<judge::ServerKind>(row->Integer());
    asked.transport = static_cast<judge::Transport>(row->Integer());
    measurement.query_time = row->TimestampTz();
    asked.outcome = static_cast<judge::Outcome>(row->Integer());
    measurement.query = row->Bytes();
    ReadService(row, &asked);
  }

  // Empty but of connections.
  static void ReadService(CopyDecoder* row, judge::Asked* asked) {
    const std::string_view name = row->Bytes();
    if (!name.empty()) {
      asked->server_name = dns::Name::Parse(name).value_or(dns::Name());
    }
    judge::Service& service = asked->service;
    service.connected = row->OptionalBool().value_or(false);
    if (const auto status = row->OptionalInteger()) {
      service.http_status = static_cast<std::uint16_t>(*status);
    }
    service.redirect_host = row->Bytes();
  }

  void ReadReply(CopyDecoder* row) {
    const auto number = row->OptionalInteger();
    if (!number) return;
    MeasurementRow& measurement = set_->stored.measurements.back();
    judge::Observation& reply = measurement.asked.replies.emplace_back();
    reply.arrival_offset = row->Interval();
    reply.source.address = row->OptionalInet().value_or(net::IpAddress());
    reply.source.port = static_cast<std::uint16_t>(row->Integer());
    if (const auto ttl = row->OptionalInteger()) {
      reply.ip_ttl = static_cast<std::uint8_t>(*ttl);
    }
    reply.dont_fragment = row->OptionalBool();
    reply.ip_id_zero = row->OptionalBool();
    measurement.messages.emplace_back(row->Bytes());
    if (const auto rules = row->OptionalBytes()) {
      set_->fired.push_back({measurement.asked.ordinal,
                             static_cast<std::uint32_t>(*number),
                             std::string(*rules)});
    }
  }

  const Take& take_;
  const Networks networks_;
  std::optional<EvidenceSet> set_;
};

absl::Status Parametrise(const EvidenceQuery& query, Session* session) {
  std::array<ArrayParameter, 3> given = {ArrayParameter(TypeId::kText),
                                         ArrayParameter(TypeId::kText),
                                         ArrayParameter(TypeId::kText)};
  given[0].Next().Text(reference::DayText(query.day));
  given[1].Next().Text(query.qname);
  std::string received;
  if (query.received_since) {
    const auto day =
        std::chrono::floor<std::chrono::days>(*query.received_since);
    const std::chrono::hh_mm_ss time(*query.received_since - day);
    char text[48];
    std::snprintf(text, sizeof(text), " %02d:%02d:%02d.%06dZ",
                  static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()),
                  static_cast<int>(time.subseconds().count()));
    received = reference::DayText(day) + text;
  }
  given[2].Next().Text(received);
  return session->Query(kSet, given).status();
}

}  // namespace

absl::StatusOr<std::vector<std::chrono::sys_days>> EvidenceDays(
    const std::string& connection, std::chrono::sys_days since,
    std::chrono::sys_days until, std::optional<Time> received_since) {
  auto session = Session::Open(connection, kSettings);
  if (!session.ok()) return session.status();
  std::array<ArrayParameter, 3> given = {ArrayParameter(TypeId::kDate),
                                         ArrayParameter(TypeId::kDate),
                                         ArrayParameter(TypeId::kTimestamptz)};
  given[0].Next().Date(since);
  given[1].Next().Date(until);
  if (received_since) given[2].Next().TimestampTz(*received_since);
  const auto rows = (*session)->Query(kDays, given);
  if (!rows.ok()) return rows.status();
  std::vector<std::chrono::sys_days> days;
  for (int i = 0; i < rows->size(); ++i) days.push_back(rows->date(i, 0));
  return days;
}

absl::Status StreamEvidence(
    const std::string& connection, const EvidenceQuery& query,
    const std::function<absl::Status(EvidenceSet&&)>& take) {
  const auto vantages = FindVantages(connection);
  if (!vantages.ok()) return vantages.status();
  absl::flat_hash_map<std::int64_t, judge::Network> networks;
  for (const Vantage& vantage : *vantages) {
    networks.emplace(vantage.vantage_id, NetworkOf(vantage.enrolment.country,
                                                   vantage.enrolment.asn));
  }
  auto session = Session::Open(connection, kSettings);
  if (!session.ok()) return session.status();
  absl::Status status = Parametrise(query, session->get());
  if (!status.ok()) return status;
  Assembler assembler(take, std::move(networks));
  status = (*session)->CopyOut(
      query.with_fired ? kEvidenceAndFired : kEvidence,
      [&](std::string_view message) { return assembler.Row(message); });
  return status.ok() ? assembler.Finish() : status;
}

}  // namespace taster::store
