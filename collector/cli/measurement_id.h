// SPDX-License-Identifier: Apache-2.0
// How a measurement is named on the command line and in exports.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "collector/store/batch_rows.h"

namespace taster::cli {

struct MeasurementId {
  store::BatchKey batch;
  std::uint32_t ordinal = 0;
};

// "VANTAGE/BATCH/ORDINAL": decimal, 32 hex digits (dashes allowed), decimal.
std::optional<MeasurementId> ParseMeasurementId(std::string_view text);
std::string ToText(const MeasurementId& id);

}  // namespace taster::cli
