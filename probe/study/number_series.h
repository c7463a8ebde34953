// SPDX-License-Identifier: Apache-2.0
// How a number goes from reply to reply: TTLs of IP and of records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace taster::study {

enum class SeriesKind {
  kNone,      // No number was seen.
  kFixed,     // Always the same.
  kCounting,  // Mostly one more than before.
  kSpread,    // Neither.
};

struct NumberSeries {
  SeriesKind kind = SeriesKind::kNone;
  std::uint32_t least = 0;  // Undefined for kNone.
  std::uint32_t most = 0;
};

// `numbers` in the order of asking.
NumberSeries DescribeSeries(std::span<const std::uint32_t> numbers);

}  // namespace taster::study
