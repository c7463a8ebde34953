// SPDX-License-Identifier: Apache-2.0
// Reads what it believes only after hashing it.
#include "probe/spool/batch_row.h"

#include <algorithm>

namespace taster::spool {

envelope::Hash RowHash(const SpooledBatch& batch) {
  std::string bytes(batch.id.bytes.begin(), batch.id.bytes.end());
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(batch.measurements >> shift & 0xff);
  }
  bytes += batch.payload;
  return envelope::HashOf(bytes);
}

absl::Status InsertRow(Database* database, const SpooledBatch& batch,
                       std::uint64_t state, const std::string& reason) {
  Statement insert = database->Prepare(
      "INSERT INTO batch (batch_id, measurements, payload_hash, row_hash, "
      "state, reason, payload) VALUES (?, ?, ?, ?, ?, ?, ?)");
  const envelope::Hash row_hash = RowHash(batch);
  insert.Bind(std::span<const std::uint8_t>(batch.id.bytes))
      .Bind(batch.measurements)
      .Bind(std::span<const std::uint8_t>(batch.payload_hash))
      .Bind(std::span<const std::uint8_t>(row_hash))
      .Bind(state)
      .BindText(reason)
      .Bind(std::string_view(batch.payload));
  return insert.Run();
}

std::optional<SpooledBatch> ReadRow(const Statement& row) {
  SpooledBatch batch;
  const auto id = envelope::BatchId::FromBytes(row.Blob(0));
  if (!id) return {};
  batch.id = *id;
  batch.measurements = static_cast<std::uint32_t>(row.Number(1));
  const auto row_hash = row.Blob(3);
  batch.payload = row.Text(4);
  batch.payload_hash = envelope::HashOf(batch.payload);
  if (!std::ranges::equal(row.Blob(2), batch.payload_hash)) return {};
  if (!std::ranges::equal(row_hash, RowHash(batch))) return {};
  return batch;
}

absl::Status Count(Database* database, const char* name, std::uint64_t add) {
  if (add == 0) return absl::OkStatus();
  return database
      ->Prepare(
          "INSERT INTO counter (name, value) VALUES (?, ?) "
          "ON CONFLICT (name) DO UPDATE "
          "SET value = value + excluded.value")
      .BindText(name)
      .Bind(add)
      .Run();
}

absl::StatusOr<std::uint64_t> CounterValue(Database* database,
                                           const char* name) {
  Statement select =
      database->Prepare("SELECT value FROM counter WHERE name = ?");
  const auto row = select.BindText(name).Step();
  if (!row.ok()) return row.status();
  return *row ? select.Number(0) : 0;
}

absl::Status SetCounter(Database* database, const char* name,
                        std::uint64_t value) {
  return database
      ->Prepare(
          "INSERT INTO counter (name, value) VALUES (?, ?) "
          "ON CONFLICT (name) DO UPDATE SET value = excluded.value")
      .BindText(name)
      .Bind(value)
      .Run();
}

}  // namespace taster::spool
