// SPDX-License-Identifier: Apache-2.0
// The 16 bytes by which a batch is recognised when it is sent again.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

namespace taster::envelope {

// Day number since 1970-01-01 UTC (4 bytes, big-endian), then 12 random bytes.
struct BatchId {
  std::array<std::uint8_t, 16> bytes{};

  static BatchId Make(std::chrono::sys_days day);
  // nullopt unless there are 16 bytes.
  static std::optional<BatchId> FromBytes(std::span<const std::uint8_t> bytes);

  std::chrono::sys_days day() const;
  friend auto operator<=>(const BatchId&, const BatchId&) = default;
};

}  // namespace taster::envelope
