// SPDX-License-Identifier: Apache-2.0
// One measurement with everything that is known of it: for `explain`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/store/batch_rows.h"
#include "collector/store/catalogue_store.h"
#include "collector/store/judged_batch.h"

namespace taster::store {

struct StoredFinding {
  std::string rule_id;
  std::string subject;
  std::string reason;
};

// Of the measurement (reply 0) or one of its replies.
struct StoredVerdict {
  std::uint32_t reply = 0;
  judge::Class verdict = judge::Class::kInsufficient;
  judge::Mechanism mechanism = judge::Mechanism::kNone;
  std::string injector;  // Empty: not attributed.
  std::string ruleset;   // Version.
  std::vector<StoredFinding> fired;
};

struct ExplainedMeasurement {
  // As in evidence_reader.h, with ICMP errors and redactions.
  MeasurementRow row;
  Vantage
      vantage;  // Key all zeros and country empty when not in the catalogue.
  Time receive_time;
  std::string software;
  std::string target_list;
  // In the order of `reply`; empty for control probes.
  std::vector<StoredVerdict> verdicts;
  // Of the set it belongs to; meaningless when `verdicts` is empty.
  std::string set_qname;
  judge::Class set_verdict = judge::Class::kInsufficient;
  Time judge_time;
};

// As taster_judge. NotFound when no such measurement is stored.
absl::StatusOr<ExplainedMeasurement> LoadMeasurement(
    const std::string& connection, const BatchKey& batch,
    std::uint32_t ordinal);

}  // namespace taster::store
