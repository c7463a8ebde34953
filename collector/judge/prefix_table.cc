// SPDX-License-Identifier: Apache-2.0
// Flattens nested prefixes into disjoint ranges, and searches them.
#include "collector/judge/prefix_table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <utility>

namespace taster::judge {
namespace {

// The first address behind the first `length` bits of `address`, within its
// family; nullopt behind the last address.
std::optional<net::IpAddress> FirstBehind(const net::IpAddress& address,
                                          int length) {
  std::array<std::uint8_t, 16> bytes{};
  const auto start = address.bytes();
  std::copy(start.begin(), start.end(), bytes.begin());
  // Adding one at the last of these bits skips exactly the prefix.
  for (int bit = length - 1; bit >= 0; --bit) {
    const auto mask = static_cast<std::uint8_t>(0x80 >> bit % 8);
    std::uint8_t& byte = bytes[static_cast<std::size_t>(bit / 8)];
    byte ^= mask;
    if ((byte & mask) != 0) {
      return net::IpAddress::FromBytes(std::span(bytes).first(start.size()));
    }
  }
  return {};
}

std::optional<net::IpAddress> FirstBehind(const net::IpAddress& address) {
  return FirstBehind(address, address.bits());
}

constexpr int kMostBucketBits = 18;

// The index of IPv4 takes 3 MiB, which a small table does not earn.
constexpr std::size_t kLeastToIndex = 4096;

// Stands for "search": an AS number that nobody has (RFC 7300).
constexpr std::uint32_t kSearch = 0xffffffff;

// Big-endian; a compiler knows this form and makes one instruction of it.
std::uint32_t ReadWord(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
}

std::uint64_t ReadDoubleWord(const std::uint8_t* bytes) {
  return std::uint64_t{ReadWord(bytes)} << 32 | ReadWord(bytes + 4);
}

std::uint32_t NarrowOf(const net::IpAddress& address) {
  return ReadWord(address.bytes().data());
}

bool Before(const PrefixTable::Entry& left, const PrefixTable::Entry& right) {
  return std::pair(left.prefix.address, left.prefix.length) <
         std::pair(right.prefix.address, right.prefix.length);
}

}  // namespace

PrefixTable::Wide PrefixTable::WideOf(const net::IpAddress& address) {
  const std::uint8_t* const bytes = address.bytes().data();
  return {ReadDoubleWord(bytes), ReadDoubleWord(bytes + 8)};
}

void PrefixTable::V4::Start(std::uint32_t first, std::uint32_t asn) {
  if (!ranges.empty() && ranges.back().first == first) ranges.pop_back();
  if (ranges.empty() ? asn == 0 : ranges.back().asn == asn) return;
  ranges.push_back({first, asn});
}

void PrefixTable::V4::Index() {
  if (ranges.size() < kLeastToIndex) return;
  stretches.resize(std::size_t{1} << 18);
  for (const Narrow& range : ranges) {
    const std::uint32_t block = range.first >> 8;
    const std::uint32_t bit = std::uint32_t{1} << (block & 31);
    std::uint32_t& starts = stretches[block >> 6].starts[block >> 5 & 1];
    const bool is_alone = (starts & bit) == 0 && (range.first & 0xff) == 0;
    if ((starts & bit) != 0) asns.pop_back();
    asns.push_back(is_alone ? range.asn : kSearch);
    starts |= bit;
  }
  std::uint32_t before = 0;
  for (Stretch& stretch : stretches) {
    stretch.before = before;
    before += static_cast<std::uint32_t>(std::popcount(stretch.starts[0]) +
                                         std::popcount(stretch.starts[1]));
  }
}

std::uint32_t PrefixTable::V4::Find(std::uint32_t address) const {
  if (stretches.empty()) return Search(address);
  const std::uint32_t block = address >> 8;
  const Stretch& stretch = stretches.data()[block >> 6];
  const std::uint64_t starts =
      std::uint64_t{stretch.starts[1]} << 32 | stretch.starts[0];
  // Those of the blocks up to this one.
  const std::uint64_t reached = starts << (63 - (block & 63));
  const std::size_t count =
      stretch.before + static_cast<std::size_t>(std::popcount(reached));
  if (count == 0) return 0;
  const std::uint32_t asn = asns.data()[count - 1];
  return asn == kSearch ? Search(address) : asn;
}

std::uint32_t PrefixTable::V4::Search(std::uint32_t address) const {
  const auto behind =
      std::ranges::upper_bound(ranges, address, {}, &Narrow::first);
  return behind == ranges.begin() ? 0 : std::prev(behind)->asn;
}

void PrefixTable::V6::Start(const Wide& first, std::uint32_t asn) {
  if (!asns.empty() && highs.back() == first.high && lows.back() == first.low) {
    highs.pop_back();
    lows.pop_back();
    asns.pop_back();
  }
  if (asns.empty() ? asn == 0 : asns.back() == asn) return;
  highs.push_back(first.high);
  lows.push_back(first.low);
  asns.push_back(asn);
}

// What is announced lies in 2000::/3 (RFC 4291 section 2.4, IANA's registry):
// there the bits behind the first three count; the rest shares two buckets.
std::size_t PrefixTable::V6::BucketOf(std::uint64_t high) const {
  const std::uint64_t top = high >> 61;
  if (top != 1) return top == 0 ? 0 : (std::size_t{1} << bits) + 1;
  return 1 + static_cast<std::size_t>(high << 3 >> (64 - bits));
}

void PrefixTable::V6::Index() {
  if (highs.empty()) return;
  bits = std::min(kMostBucketBits,
                  2 + static_cast<int>(std::bit_width(highs.size())));
  // Two beside 2000::/3, and the end of the last.
  starts.assign((std::size_t{1} << bits) + 3, 0);
  for (const std::uint64_t high : highs) ++starts[BucketOf(high) + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
}

std::uint32_t PrefixTable::V6::Find(const Wide& address) const {
  if (highs.empty()) return 0;
  const std::uint32_t* const bounds = starts.data() + BucketOf(address.high);
  const std::uint64_t* const begin = highs.data();
  const std::uint64_t* behind =
      std::upper_bound(begin + bounds[0], begin + bounds[1], address.high);
  // The range that reaches into the bucket may start before it.
  while (behind != begin && behind[-1] == address.high &&
         lows[static_cast<std::size_t>(behind - begin) - 1] > address.low) {
    --behind;
  }
  if (behind == begin) return 0;
  return asns.data()[behind - begin - 1];
}

void PrefixTable::Index() {
  v4_.Index();
  v6_.Index();
}

void PrefixTable::StartRange(const net::IpAddress& first, std::uint32_t asn) {
  if (first.is_v4()) {
    v4_.Start(NarrowOf(first), asn);
  } else {
    v6_.Start(WideOf(first), asn);
  }
}

PrefixTable PrefixTable::Build(std::vector<Entry> entries) {
  std::stable_sort(entries.begin(), entries.end(), Before);
  PrefixTable table;
  // Prefixes that hold the place reached so far, the widest first.
  std::vector<Entry> open;
  const auto close_innermost = [&] {
    const net::IpPrefix closed = open.back().prefix;
    open.pop_back();
    const auto behind = FirstBehind(closed.address, closed.length);
    if (!behind) return;
    table.StartRange(*behind, open.empty() ? 0 : open.back().asn);
  };
  for (const Entry& entry : entries) {
    while (!open.empty() &&
           !open.back().prefix.Contains(entry.prefix.address)) {
      close_innermost();
    }
    open.push_back(entry);
    table.StartRange(entry.prefix.address, entry.asn);
  }
  while (!open.empty()) close_innermost();
  table.Index();
  return table;
}

std::optional<std::uint32_t> PrefixTable::Find(
    const net::IpAddress& address) const {
  const std::uint32_t asn =
      address.is_v4() ? v4_.Find(NarrowOf(address)) : v6_.Find(WideOf(address));
  if (asn == 0) return {};
  return asn;
}

RangeFault PrefixTable::RangeBuilder::Add(const AddressRange& range,
                                          std::uint32_t asn) {
  if (range.first.family() != range.last.family()) {
    return RangeFault::kTwoFamilies;
  }
  if (range.last < range.first) return RangeFault::kEndsBeforeIt;
  auto& before = range.first.is_v4() ? last_v4_ : last_v6_;
  if (before && range.first < before->first) return RangeFault::kUnsorted;
  if (before && range.first <= before->last) return RangeFault::kOverlaps;
  // Takes the place of the gap behind the range before, where they touch.
  table_.StartRange(range.first, asn);
  if (const auto behind = FirstBehind(range.last)) {
    table_.StartRange(*behind, 0);
  }
  before = range;
  return RangeFault::kNone;
}

PrefixTable PrefixTable::RangeBuilder::Build() {
  table_.Index();
  return std::move(table_);
}

}  // namespace taster::judge
