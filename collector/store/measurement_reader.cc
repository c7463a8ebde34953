// SPDX-License-Identifier: Apache-2.0
#include "collector/store/measurement_reader.h"

#include <algorithm>
#include <utility>

#include "collector/reference/day.h"
#include "collector/store/evidence_query.h"
#include "collector/store/field_reader.h"
#include "collector/store/guarded.h"

namespace taster::store {
namespace {

constexpr char kBatch[] =
    "SELECT (extract(epoch FROM batch.receive_time) * 1000000)::bigint,"
    " batch.software, batch.target_list, vantage.key, vantage.role,"
    " vantage.country, vantage.asn, vantage.revoke_time IS NOT NULL"
    " FROM taster.batch LEFT JOIN taster.vantage USING (vantage_id)"
    " WHERE vantage_id = $1 AND batch_day = $2 AND batch_id = $3";
constexpr char kSet[] =
    "SELECT qname, class, (extract(epoch FROM judge_time) * 1000000)::bigint"
    " FROM taster.set_verdict WHERE vantage_id = $1 AND batch_day = $2"
    " AND batch_id = $3 AND set_ordinal = $4";
constexpr char kVerdicts[] =
    "SELECT reply, class, mechanism, injector_id, version"
    " FROM taster.verdict LEFT JOIN taster.ruleset USING (ruleset_id)"
    " WHERE vantage_id = $1 AND batch_day = $2 AND batch_id = $3"
    " AND ordinal = $4 ORDER BY reply";
constexpr char kFindings[] =
    "SELECT reply, rule_id, subject, reason FROM taster.finding"
    " WHERE vantage_id = $1 AND batch_day = $2 AND batch_id = $3"
    " AND ordinal = $4 ORDER BY reply, rule_id";

// One measurement's rows of one table.
class Lookup {
 public:
  Lookup(const BatchKey& batch, pqxx::transaction_base* transaction)
      : vantage_id_(batch.vantage_id),
        day_(reference::DayText(batch.batch_id.day())),
        id_(UuidText(batch.batch_id)),
        transaction_(transaction) {}

  pqxx::result Batch() const {
    return transaction_->exec_params(kBatch, vantage_id_, day_, id_);
  }
  pqxx::result At(const char* sql, std::uint32_t ordinal) const {
    return transaction_->exec_params(sql, vantage_id_, day_, id_,
                                     static_cast<int>(ordinal));
  }

 private:
  std::int64_t vantage_id_;
  std::string day_;
  std::string id_;
  pqxx::transaction_base* transaction_;
};

void ReadBatch(const pqxx::row& row, ExplainedMeasurement* explained) {
  explained->receive_time = ReadTime(row[0]);
  explained->software = row[1].c_str();
  explained->target_list = row[2].c_str();
  if (row[3].is_null()) return;
  Enrolment& enrolment = explained->vantage.enrolment;
  const std::string key = ReadBytes(row[3]);
  std::copy_n(key.begin(), std::min(key.size(), enrolment.key.size()),
              enrolment.key.begin());
  enrolment.role = std::string_view(row[4].c_str()) == "control"
                       ? VantageRole::kControl
                       : VantageRole::kProbe;
  enrolment.country = row[5].c_str();
  enrolment.asn = row[6].as<std::uint32_t>();
  explained->vantage.is_revoked = row[7].as<bool>();
}

void ReadVerdicts(const Lookup& lookup, ExplainedMeasurement* explained) {
  const std::uint32_t ordinal = explained->row.asked.ordinal;
  for (const pqxx::row& row : lookup.At(kSet, explained->row.set)) {
    explained->set_qname = row[0].c_str();
    explained->set_verdict = static_cast<judge::Class>(ReadOctet(row[1]));
    explained->judge_time = ReadTime(row[2]);
  }
  for (const pqxx::row& row : lookup.At(kVerdicts, ordinal)) {
    explained->verdicts.push_back(
        {.reply = row[0].as<std::uint32_t>(),
         .verdict = static_cast<judge::Class>(ReadOctet(row[1])),
         .mechanism = static_cast<judge::Mechanism>(ReadOctet(row[2])),
         .injector = row[3].c_str(),
         .ruleset = row[4].c_str(),
         .fired = {}});
  }
  for (const pqxx::row& row : lookup.At(kFindings, ordinal)) {
    const auto reply = row[0].as<std::uint32_t>();
    for (StoredVerdict& verdict : explained->verdicts) {
      if (verdict.reply != reply) continue;
      verdict.fired.push_back({row[1].c_str(), row[2].c_str(), row[3].c_str()});
    }
  }
}

absl::StatusOr<ExplainedMeasurement> Read(const BatchKey& batch,
                                          std::uint32_t ordinal,
                                          pqxx::transaction_base* transaction) {
  StoredMeasurements stored = QueryEvidence({batch}, transaction);
  const auto at = stored.find({batch, ordinal});
  if (at == stored.end()) {
    return absl::NotFoundError(
        "load measurement: none is stored under this id");
  }
  ExplainedMeasurement explained;
  explained.row = std::move(at->second);
  explained.vantage.vantage_id = batch.vantage_id;
  QueryCircumstances(batch, &explained.row, transaction);
  const Lookup lookup(batch, transaction);
  for (const pqxx::row& row : lookup.Batch()) ReadBatch(row, &explained);
  ReadVerdicts(lookup, &explained);
  return explained;
}

}  // namespace

absl::StatusOr<ExplainedMeasurement> LoadMeasurement(
    const std::string& connection, const BatchKey& batch,
    std::uint32_t ordinal) {
  return Guarded("load measurement",
                 [&]() -> absl::StatusOr<ExplainedMeasurement> {
                   pqxx::connection session(connection);
                   Snapshot transaction(session);
                   return Read(batch, ordinal, &transaction);
                 });
}

}  // namespace taster::store
