// SPDX-License-Identifier: Apache-2.0
// Holds each range back until its successor is known.
#include "collector/reference/settled_ranges.h"

#include <algorithm>
#include <array>

namespace taster::reference {
namespace {

using judge::RangeFault;

// One further, or one back. REQUIRES: there is such an address.
net::IpAddress Step(const net::IpAddress& address, bool forward) {
  std::array<std::uint8_t, 16> bytes{};
  const auto start = address.bytes();
  std::copy(start.begin(), start.end(), bytes.begin());
  const std::uint8_t turn = forward ? 0xff : 0x00;
  std::size_t at = start.size();
  bool carry = true;
  while (carry && at-- > 0) {
    carry = bytes[at] == turn;
    bytes[at] = static_cast<std::uint8_t>(bytes[at] + (forward ? 1 : 0xff));
  }
  return *net::IpAddress::FromBytes(std::span(bytes).first(start.size()));
}

}  // namespace

RangeFault SettledRanges::Add(const judge::AddressRange& range,
                              std::uint32_t number) {
  if (range.first.family() != range.last.family()) {
    return RangeFault::kTwoFamilies;
  }
  if (range.last < range.first) return RangeFault::kEndsBeforeIt;
  const Held claim{range, number};
  if (held_ && range.first < held_->range.first) return RangeFault::kUnsorted;
  if (held_ && range.first <= held_->range.last) return Dispute(claim);
  if (!held_ && disputed_ && range.first <= *disputed_) {
    return RangeFault::kOverlaps;
  }
  if (auto fault = Finish(); fault != RangeFault::kNone) return fault;
  held_ = claim;
  return RangeFault::kNone;
}

RangeFault SettledRanges::Dispute(const Held& claim) {
  ++disputes_;
  const Held held = *held_;
  if (held.number == claim.number) {
    held_->range.last = std::max(held.range.last, claim.range.last);
    return RangeFault::kNone;
  }
  if (held.range.first < claim.range.first) {
    const auto fault = into_->Add(
        {held.range.first, Step(claim.range.first, false)}, held.number);
    if (fault != RangeFault::kNone) return fault;
  }
  const auto both = std::min(held.range.last, claim.range.last);
  const auto fault = into_->Add({claim.range.first, both}, 0);
  held_.reset();
  disputed_ = both;
  const Held& longer = claim.range.last < held.range.last ? held : claim;
  if (both < longer.range.last) {
    held_ = {{Step(both, true), longer.range.last}, longer.number};
  }
  return fault;
}

RangeFault SettledRanges::Finish() {
  if (!held_) return RangeFault::kNone;
  const Held held = *held_;
  held_.reset();
  return into_->Add(held.range, held.number);
}

}  // namespace taster::reference
