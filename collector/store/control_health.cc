// SPDX-License-Identifier: Apache-2.0
#include "collector/store/control_health.h"

#include <array>
#include <pqxx/pqxx>

#include "collector/store/field_reader.h"
#include "collector/store/guarded.h"

namespace taster::store {
namespace {

constexpr std::array<std::string_view, 5> kWords = {
    "healthy", "stale", "filtered", "poisoned", "failing"};

// Times are microseconds since 1970.
constexpr char kEnd[] =
    "UPDATE taster.control_health SET until_time = to_timestamp($3::float8 / "
    "1e6)"
    " WHERE vantage_id = $1 AND until_time IS NULL AND state <> $2";
constexpr char kUpdate[] =
    "UPDATE taster.control_health SET reason = $3, names = $4, failures = $5,"
    " disagreements = $6"
    " WHERE vantage_id = $1 AND until_time IS NULL AND state = $2";
constexpr char kBegin[] =
    "INSERT INTO taster.control_health (vantage_id, state, since_time,"
    " suspect_time, reason, names, failures, disagreements)"
    " VALUES ($1, $2, to_timestamp($3::float8 / 1e6), to_timestamp($4::float8 "
    "/ 1e6), $5, $6,"
    " $7, $8)";
constexpr char kLoad[] =
    "SELECT v.vantage_id, coalesce(h.state, 'healthy'),"
    " (extract(epoch FROM coalesce(h.since_time, v.enroll_time)) * 1000000)"
    "::bigint, (extract(epoch FROM h.suspect_time) * 1000000)::bigint,"
    " coalesce(h.reason, ''), coalesce(h.names, 0), coalesce(h.failures, 0),"
    " coalesce(h.disagreements, 0),"
    " (SELECT (extract(epoch FROM max(a.last_time)) * 1000000)::bigint"
    "  FROM taster.control_answer AS a WHERE a.vantage_id = v.vantage_id),"
    " v.country, v.asn"
    " FROM taster.vantage AS v LEFT JOIN taster.control_health AS h"
    " ON h.vantage_id = v.vantage_id AND h.until_time IS NULL"
    " WHERE v.role = 'control' AND v.revoke_time IS NULL"
    " ORDER BY v.vantage_id";
constexpr char kReport[] =
    "SELECT control, state, (extract(epoch FROM state_since) * 1000000)"
    "::bigint, (extract(epoch FROM suspect_time) * 1000000)::bigint, reason,"
    " names, failures, disagreements,"
    " (extract(epoch FROM last_time) * 1000000)::bigint, country, asn"
    " FROM analysis.control_health ORDER BY control";

ControlState StateOf(std::string_view word) {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (kWords[i] == word) return static_cast<ControlState>(i);
  }
  return ControlState::kHealthy;
}

std::optional<Time> ReadOptionalTime(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return ReadTime(field);
}

ControlHealthRow ReadHealth(const pqxx::row& row) {
  return {.vantage_id = row[0].as<std::int64_t>(),
          .state = StateOf(row[1].c_str()),
          .since = ReadTime(row[2]),
          .suspect_time = ReadOptionalTime(row[3]),
          .reason = row[4].c_str(),
          .names = row[5].as<std::uint32_t>(),
          .failures = row[6].as<std::uint32_t>(),
          .disagreements = row[7].as<std::uint32_t>(),
          .last_time = ReadOptionalTime(row[8]),
          .country = row[9].c_str(),
          .asn = row[10].as<std::uint32_t>()};
}

void Record(const ControlHealthRow& row, pqxx::transaction_base* transaction) {
  const std::string state(ToString(row.state));
  const std::int64_t since = row.since.time_since_epoch().count();
  std::optional<std::int64_t> suspect;
  if (row.suspect_time) suspect = row.suspect_time->time_since_epoch().count();
  transaction->exec_params(kEnd, row.vantage_id, state, since);
  const auto updated =
      transaction->exec_params(kUpdate, row.vantage_id, state, row.reason,
                               row.names, row.failures, row.disagreements);
  if (updated.affected_rows() > 0) return;
  transaction->exec_params(kBegin, row.vantage_id, state, since, suspect,
                           row.reason, row.names, row.failures,
                           row.disagreements);
}

absl::StatusOr<std::vector<ControlHealthRow>> LoadWith(
    const char* sql, const std::string& connection) {
  return Guarded("load health of controls",
                 [&]() -> absl::StatusOr<std::vector<ControlHealthRow>> {
                   pqxx::connection session(connection);
                   Snapshot transaction(session);
                   std::vector<ControlHealthRow> rows;
                   Load(transaction, sql, ReadHealth, &rows);
                   return rows;
                 });
}

}  // namespace

std::string_view ToString(ControlState state) {
  return kWords[static_cast<std::size_t>(state)];
}

absl::Status RecordControlHealth(const std::string& connection,
                                 const std::vector<ControlHealthRow>& rows) {
  if (rows.empty()) return absl::OkStatus();
  return Guarded("record health of controls", [&]() -> absl::Status {
    pqxx::connection session(connection);
    pqxx::work transaction(session);
    for (const ControlHealthRow& row : rows) Record(row, &transaction);
    transaction.commit();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<ControlHealthRow>> LoadControlHealth(
    const std::string& connection) {
  return LoadWith(kLoad, connection);
}

absl::StatusOr<std::vector<ControlHealthRow>> ReportControlHealth(
    const std::string& connection) {
  return LoadWith(kReport, connection);
}

}  // namespace taster::store
