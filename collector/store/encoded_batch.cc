// SPDX-License-Identifier: Apache-2.0
#include "collector/store/encoded_batch.h"

#include <string_view>
#include <utility>

#include "collector/store/utf8.h"
#include "fmt/format.h"

namespace taster::store {
namespace {

bool IsText(std::string_view text) {
  return text.find('\0') == std::string_view::npos && IsUtf8(text);
}

absl::Status Check(const JudgedBatch& batch) {
  if (!IsText(batch.software) || !IsText(batch.target_list)) {
    return absl::InvalidArgumentError(
        "batch: software and target_list must be text");
  }
  for (const MeasurementRow& row : batch.measurements) {
    if (row.messages.size() != row.asked.replies.size()) {
      return absl::InvalidArgumentError(fmt::format(
          "measurement {}: {} messages, {} observations", row.asked.ordinal,
          row.messages.size(), row.asked.replies.size()));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<EncodedBatch> Encode(JudgedBatch batch,
                                    std::int64_t ruleset_id) {
  if (absl::Status status = Check(batch); !status.ok()) return status;
  EncodedBatch encoded{.key = {batch.vantage_id, batch.batch_id},
                       .payload_hash = batch.payload_hash,
                       .receive_time = batch.receive_time,
                       .measurement_count = batch.measurements.size(),
                       .refused_count = batch.refused_count,
                       .software = std::move(batch.software),
                       .target_list = std::move(batch.target_list),
                       .tables = {},
                       .cells = {},
                       .control = std::move(batch.control)};
  for (const MeasurementRow& row : batch.measurements) {
    AppendEvidence(encoded.key, row, &encoded.tables);
  }
  // Judging happens on arrival, so arrival is when it happened.
  Judged judged{.ruleset_id = ruleset_id, .judge_time = batch.receive_time};
  const AskedByOrdinal asked = ByOrdinal(batch.measurements);
  for (const SetRow& row : batch.sets) {
    judged.is_open = IsOpen(row.verdict, asked);
    AppendVerdicts(encoded.key, row, judged, &encoded.tables);
    ++encoded.cells[Cell{batch.vantage_id, batch.batch_id.day(), row.qname,
                         row.verdict.verdict, row.verdict.mechanism,
                         row.verdict.injector}];
  }
  for (std::size_t i = 0; i < batch.traces.size(); ++i) {
    AppendTrace(encoded.key, batch.traces[i], static_cast<int>(i),
                &encoded.tables);
  }
  if (absl::Status status = encoded.tables.status(); !status.ok()) {
    return status;
  }
  return encoded;
}

}  // namespace taster::store
