// SPDX-License-Identifier: Apache-2.0
// Bounds for every field.
#include "proto/dns/rdata_cursor.h"

#include "proto/dns/name_walk.h"

namespace taster::dns {

std::optional<std::span<const std::uint8_t>> RdataCursor::TakeBytes(
    std::size_t count) {
  if (end_ - at_ < count) return {};
  const auto bytes = message_.subspan(at_, count);
  at_ += count;
  return bytes;
}

std::optional<std::uint8_t> RdataCursor::Take8() {
  const auto bytes = TakeBytes(1);
  if (!bytes) return {};
  return bytes->front();
}

std::optional<std::uint16_t> RdataCursor::Take16() {
  const auto bytes = TakeBytes(2);
  if (!bytes) return {};
  return static_cast<std::uint16_t>((*bytes)[0] << 8 | (*bytes)[1]);
}

std::optional<std::uint32_t> RdataCursor::Take32() {
  const auto bytes = TakeBytes(4);
  if (!bytes) return {};
  std::uint32_t number = 0;
  for (const auto byte : *bytes) number = number << 8 | byte;
  return number;
}

std::optional<std::span<const std::uint8_t>> RdataCursor::TakeString() {
  if (empty() || end_ - at_ - 1 < message_[at_]) return {};
  const std::size_t length = *Take8();
  return TakeBytes(length);
}

std::optional<Name> RdataCursor::TakeName() {
  if (empty()) return {};
  const auto walk = WalkName(message_, at_, [](std::size_t, std::size_t) {});
  if (walk.defect != Defect::kNone || walk.end > end_) return {};
  const NameView name(message_, static_cast<std::uint16_t>(at_));
  at_ = walk.end;
  return name.ToName();
}

std::span<const std::uint8_t> RdataCursor::TakeRest() {
  const auto rest = message_.subspan(at_, end_ - at_);
  at_ = end_;
  return rest;
}

}  // namespace taster::dns
