// SPDX-License-Identifier: Apache-2.0
// Turns ranges that may overlap here and there into disjoint ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "collector/judge/prefix_table.h"

namespace taster::reference {

// Ranges of one family in ascending order. Where two claim the same addresses
// for different owners, nobody is known to own those: not known is not
// "another AS". How many disputes are too many is the caller's to say.
class SettledRanges {
 public:
  // `into` must outlive this object.
  explicit SettledRanges(judge::PrefixTable::RangeBuilder* into)
      : into_(into) {}

  // kOverlaps only where three ranges meet.
  judge::RangeFault Add(const judge::AddressRange& range, std::uint32_t number);
  // Hands on the last range. Call it once, after the last `Add`.
  judge::RangeFault Finish();

  std::size_t disputes() const { return disputes_; }

 private:
  struct Held {
    judge::AddressRange range;
    std::uint32_t number = 0;
  };
  judge::RangeFault Dispute(const Held& claim);

  judge::PrefixTable::RangeBuilder* into_;
  std::optional<Held> held_;  // Until the next one shows where it ends.
  std::optional<net::IpAddress> disputed_;  // The last one, if nothing is held.
  std::size_t disputes_ = 0;
};

}  // namespace taster::reference
