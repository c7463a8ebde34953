// SPDX-License-Identifier: Apache-2.0
// A judged batch as rows of the tables, ready for COPY.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/store/copy_encoder.h"
#include "collector/store/judged_batch.h"

namespace taster::store {

// Tables that batches are copied into. In the order in which they are written.
enum class Table : std::uint8_t {
  kMeasurement,
  kResponse,
  kIcmpError,
  kRedaction,
  kStream,
  kTrace,
  kSetVerdict,
  kVerdict,
  kFinding,
};
inline constexpr std::size_t kTables = 9;

// COPY taster.<table> (<columns>) FROM STDIN (FORMAT binary).
const char* CopyStatement(Table table);

struct BatchKey {
  std::int64_t vantage_id = 0;
  envelope::BatchId batch_id;
  friend auto operator<=>(const BatchKey&, const BatchKey&) = default;
};

// Encoders for every table; those that stay empty need no COPY.
class TableRows {
 public:
  CopyEncoder& operator[](Table table) {
    return encoders_[static_cast<std::size_t>(table)];
  }
  const CopyEncoder& operator[](Table table) const {
    return encoders_[static_cast<std::size_t>(table)];
  }
  // The first error of any table, with the table's name.
  absl::Status status() const;
  std::int64_t rows() const;

 private:
  std::array<CopyEncoder, kTables> encoders_;
};

// Key of table vantage_cell.
struct Cell {
  std::int64_t vantage_id = 0;
  std::chrono::sys_days batch_day;
  std::string qname;
  judge::Class verdict = judge::Class::kInsufficient;
  judge::Mechanism mechanism = judge::Mechanism::kNone;
  std::string injector;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};
// Sets to add; sorted, so that concurrent writers lock in one order.
using CellCounts = std::map<Cell, std::int64_t>;

// Appends measurement, response, icmp_error, redaction and stream.
void AppendEvidence(const BatchKey& key, const MeasurementRow& row,
                    TableRows* tables);

// Appends trace; `position` is the row's within its set, from 0.
void AppendTrace(const BatchKey& key, const TraceRow& row, int position,
                 TableRows* tables);

// What stands beside each verdict.
struct Judged {
  std::int64_t ruleset_id = 0;
  Time judge_time;
  bool is_open = false;
};

// Appends set_verdict, verdict and finding.
void AppendVerdicts(const BatchKey& key, const SetRow& row,
                    const Judged& judged, TableRows* tables);
// Only verdict and finding.
void AppendReplyVerdicts(const BatchKey& key, const SetRow& row,
                         const Judged& judged, TableRows* tables);

// Questions by their ordinals; nullptr where there is none.
using AskedByOrdinal = std::vector<const judge::Asked*>;
AskedByOrdinal ByOrdinal(const std::vector<MeasurementRow>& rows);
AskedByOrdinal ByOrdinal(const std::vector<judge::Asked>& asked);

// Some measurement or reply in it is insufficient, or accused by lists alone,
// and more control could change that: not the silence of a canary, nor a query
// that never got there, nor a reply that does not fit.
bool IsOpen(const judge::SetVerdict& verdict, const AskedByOrdinal& asked);

}  // namespace taster::store
