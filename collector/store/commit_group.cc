// SPDX-License-Identifier: Apache-2.0
#include "collector/store/commit_group.h"

#include <array>
#include <map>
#include <set>

#include "collector/store/rollup.h"

namespace taster::store {
namespace {

constexpr char kInsertLedger[] =
    "INSERT INTO taster.batch (vantage_id, batch_day, batch_id, payload_hash,"
    " receive_time, measurement_count, refused_count, software, target_list)"
    " SELECT vantage_id, batch_day, batch_id, payload_hash, receive_time,"
    " measurement_count, refused_count, software, target_list"
    " FROM unnest($1::bigint[], $2::date[], $3::uuid[], $4::bytea[],"
    " $5::timestamptz[], $6::smallint[], $7::smallint[], $8::text[],"
    " $9::text[]) AS arrived (vantage_id, batch_day, batch_id, payload_hash,"
    " receive_time, measurement_count, refused_count, software, target_list)"
    " ON CONFLICT (vantage_id, batch_day, batch_id) DO NOTHING"
    " RETURNING vantage_id, batch_id";

constexpr char kFindHashes[] =
    "SELECT batch.vantage_id, batch.batch_id, batch.payload_hash"
    " FROM unnest($1::bigint[], $2::date[], $3::uuid[])"
    " AS known (vantage_id, batch_day, batch_id)"
    " JOIN taster.batch USING (vantage_id, batch_day, batch_id)";

using Group = std::span<const EncodedBatch* const>;
// The hash that the ledger holds for an id.
using Hashes = std::map<BatchKey, envelope::Hash>;

BatchKey KeyAt(const Rows& rows, int row) {
  BatchKey key{.vantage_id = rows.integer(row, 0), .batch_id = {}};
  const std::string_view bytes = rows.bytes(row, 1);
  std::copy(bytes.begin(), bytes.end(), key.batch_id.bytes.begin());
  return key;
}

absl::StatusOr<std::set<BatchKey>> InsertLedger(
    const std::map<BatchKey, const EncodedBatch*>& first, Session* session) {
  std::array<ArrayParameter, 9> columns = {
      ArrayParameter(TypeId::kInt8),        ArrayParameter(TypeId::kDate),
      ArrayParameter(TypeId::kUuid),        ArrayParameter(TypeId::kBytea),
      ArrayParameter(TypeId::kTimestamptz), ArrayParameter(TypeId::kInt2),
      ArrayParameter(TypeId::kInt2),        ArrayParameter(TypeId::kText),
      ArrayParameter(TypeId::kText)};
  for (const auto& [key, batch] : first) {
    columns[0].Next().Int8(key.vantage_id);
    columns[1].Next().Date(key.batch_id.day());
    columns[2].Next().Uuid(key.batch_id.bytes);
    columns[3].Next().Bytes(
        {reinterpret_cast<const char*>(batch->payload_hash.data()),
         batch->payload_hash.size()});
    columns[4].Next().TimestampTz(batch->receive_time);
    columns[5].Next().Int2(static_cast<std::int64_t>(batch->measurement_count));
    columns[6].Next().Int2(batch->refused_count);
    columns[7].Next().Text(batch->software);
    columns[8].Next().Text(batch->target_list);
  }
  absl::StatusOr<Rows> rows = session->Query(kInsertLedger, columns);
  if (!rows.ok()) return rows.status();
  std::set<BatchKey> inserted;
  for (int i = 0; i < rows->size(); ++i) inserted.insert(KeyAt(*rows, i));
  return inserted;
}

absl::Status AddKnownHashes(const std::vector<BatchKey>& known,
                            Session* session, Hashes* hashes) {
  if (known.empty()) return absl::OkStatus();
  std::array<ArrayParameter, 3> columns = {ArrayParameter(TypeId::kInt8),
                                           ArrayParameter(TypeId::kDate),
                                           ArrayParameter(TypeId::kUuid)};
  for (const BatchKey& key : known) {
    columns[0].Next().Int8(key.vantage_id);
    columns[1].Next().Date(key.batch_id.day());
    columns[2].Next().Uuid(key.batch_id.bytes);
  }
  absl::StatusOr<Rows> rows = session->Query(kFindHashes, columns);
  if (!rows.ok()) return rows.status();
  for (int i = 0; i < rows->size(); ++i) {
    const std::string_view bytes = rows->bytes(i, 2);
    std::copy(bytes.begin(), bytes.end(), (*hashes)[KeyAt(*rows, i)].begin());
  }
  // A row that stood in the way and is gone again: somebody deletes.
  if (hashes->size() < known.size()) {
    return absl::AbortedError("SELECT taster.batch: a ledger row vanished");
  }
  return absl::OkStatus();
}

absl::Status CopyTables(const std::vector<const EncodedBatch*>& batches,
                        Session* session) {
  std::vector<std::string_view> chunks;
  for (std::size_t i = 0; i < kTables; ++i) {
    const auto table = static_cast<Table>(i);
    chunks.clear();
    for (const EncodedBatch* batch : batches) {
      const std::string& rows = batch->tables[table].buffer();
      if (!rows.empty()) chunks.push_back(rows);
    }
    if (chunks.empty()) continue;
    absl::Status status = session->CopyIn(CopyStatement(table), chunks);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Store(const std::vector<const EncodedBatch*>& batches,
                   Session* session) {
  if (batches.empty()) return absl::OkStatus();
  absl::Status status = CopyTables(batches, session);
  if (!status.ok()) return status;
  CellCounts cells;
  std::vector<const ControlRow*> control;
  for (const EncodedBatch* batch : batches) {
    for (const auto& [cell, count] : batch->cells) cells[cell] += count;
    for (const ControlRow& row : batch->control) control.push_back(&row);
  }
  status = MergeControl(control, session);
  if (!status.ok()) return status;
  return AddToCells(cells, session);
}

// Everything between BEGIN and COMMIT.
absl::StatusOr<std::vector<PutResult>> PutGroup(Group group, Session* session) {
  std::map<BatchKey, const EncodedBatch*> first;
  for (const EncodedBatch* batch : group) first.try_emplace(batch->key, batch);
  const absl::StatusOr<std::set<BatchKey>> inserted =
      InsertLedger(first, session);
  if (!inserted.ok()) return inserted.status();

  std::vector<BatchKey> known;
  for (const auto& [key, batch] : first) {
    if (!inserted->contains(key)) known.push_back(key);
  }
  Hashes hashes;
  absl::Status status = AddKnownHashes(known, session, &hashes);
  if (!status.ok()) return status;

  std::vector<PutResult> results;
  std::vector<const EncodedBatch*> stored;
  for (const EncodedBatch* batch : group) {
    const auto [at, is_new] =
        hashes.try_emplace(batch->key, batch->payload_hash);
    if (is_new) stored.push_back(batch);
    results.push_back(is_new ? PutResult::kStored
                      : at->second == batch->payload_hash
                          ? PutResult::kDuplicate
                          : PutResult::kConflict);
  }
  status = Store(stored, session);
  if (!status.ok()) return status;
  return results;
}

}  // namespace

absl::StatusOr<std::vector<PutResult>> CommitGroup(Group group,
                                                   Session* session) {
  absl::Status status = session->Execute("BEGIN");
  if (!status.ok()) return status;
  absl::StatusOr<std::vector<PutResult>> results = PutGroup(group, session);
  if (!results.ok()) {
    session->Rollback();
    return results;
  }
  status = session->Commit();
  if (!status.ok()) return status;
  return results;
}

}  // namespace taster::store
