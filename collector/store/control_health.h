// SPDX-License-Identifier: Apache-2.0
// Which controls could be believed, and when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "collector/store/judged_batch.h"

namespace taster::store {

enum class ControlState : std::uint8_t {
  kHealthy,
  kStale,     // Nothing was heard of it for a day.
  kFiltered,  // Names are withheld from it that others resolve.
  kPoisoned,  // It is answered with forgers' addresses.
  kFailing,   // It answers too little.
};
std::string_view ToString(ControlState state);  // "healthy"

// A stretch of time in which one control was in one state.
struct ControlHealthRow {
  std::int64_t vantage_id = 0;
  ControlState state = ControlState::kHealthy;
  Time since;
  // Of filtered and poisoned ones: when it first gave what speaks against it.
  std::optional<Time> suspect_time{};
  std::string reason{};  // For people; empty: healthy.
  std::uint32_t names = 0;
  std::uint32_t failures = 0;
  std::uint32_t disagreements = 0;
  // Of the last answer; nullopt: none is stored.
  std::optional<Time> last_time{};
  // Where it stands; not stored with its state.
  std::string country{};
  std::uint32_t asn = 0;  // 0: not known.

  friend bool operator==(const ControlHealthRow&,
                         const ControlHealthRow&) = default;
};

// As taster_ingest. Where a control's state is another than the one stored,
// that one ends now and this one begins; where it is the same, counts and
// reason are brought up to date.
absl::Status RecordControlHealth(const std::string& connection,
                                 const std::vector<ControlHealthRow>& rows);

// As taster_ingest or taster_judge. The present state of every control that is
// enrolled and not revoked; those never assessed are healthy.
absl::StatusOr<std::vector<ControlHealthRow>> LoadControlHealth(
    const std::string& connection);
// The same as taster_analyst.
absl::StatusOr<std::vector<ControlHealthRow>> ReportControlHealth(
    const std::string& connection);

}  // namespace taster::store
