// SPDX-License-Identifier: Apache-2.0
// The layout of a batch id.
#include "proto/envelope/batch_id.h"

#include <algorithm>

#include "proto/envelope/sign.h"

namespace taster::envelope {
namespace {

constexpr std::size_t kDayBytes = 4;

}  // namespace

BatchId BatchId::Make(std::chrono::sys_days day) {
  BatchId id;
  const auto number =
      static_cast<std::uint32_t>(day.time_since_epoch().count());
  for (std::size_t i = 0; i < kDayBytes; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
  }
  FillRandom(std::span(id.bytes).subspan(kDayBytes));
  return id;
}

std::optional<BatchId> BatchId::FromBytes(std::span<const std::uint8_t> bytes) {
  BatchId id;
  if (bytes.size() != id.bytes.size()) return {};
  std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
  return id;
}

std::chrono::sys_days BatchId::day() const {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < kDayBytes; ++i) number = number << 8 | bytes[i];
  return std::chrono::sys_days(std::chrono::days(number));
}

}  // namespace taster::envelope
