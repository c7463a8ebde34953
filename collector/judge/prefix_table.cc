// SPDX-License-Identifier: Apache-2.0
// Flattens nested prefixes into disjoint ranges.
#include "collector/judge/prefix_table.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace taster::judge {
namespace {

// The first address behind `prefix`; behind the last IPv4 address comes the
// first IPv6 one. nullopt behind the last IPv6 address.
std::optional<net::IpAddress> FirstBehind(const net::IpPrefix& prefix) {
  std::array<std::uint8_t, 16> bytes{};
  const auto start = prefix.address.bytes();
  std::copy(start.begin(), start.end(), bytes.begin());
  // Adding one at the prefix's last bit skips exactly the prefix.
  for (int bit = prefix.length - 1; bit >= 0; --bit) {
    const auto mask = static_cast<std::uint8_t>(0x80 >> bit % 8);
    std::uint8_t& byte = bytes[static_cast<std::size_t>(bit / 8)];
    byte ^= mask;
    if ((byte & mask) != 0) {
      return net::IpAddress::FromBytes(std::span(bytes).first(start.size()));
    }
  }
  if (prefix.address.is_v4()) return net::IpAddress::FromV6({});
  return {};
}

constexpr std::size_t kBuckets = 2 * 65536;

std::size_t BucketOf(const net::IpAddress& address) {
  const auto bytes = address.bytes();
  const std::size_t first = std::size_t{bytes[0]} << 8 | bytes[1];
  return address.is_v4() ? first : first + 65536;
}

bool Before(const PrefixTable::Entry& left, const PrefixTable::Entry& right) {
  return std::pair(left.prefix.address, left.prefix.length) <
         std::pair(right.prefix.address, right.prefix.length);
}

}  // namespace

PrefixTable PrefixTable::Build(std::vector<Entry> entries) {
  std::stable_sort(entries.begin(), entries.end(), Before);
  PrefixTable table;
  // Prefixes that hold the place reached so far, the widest first.
  std::vector<Entry> open;
  const auto start_range = [&](const net::IpAddress& first, std::uint32_t asn) {
    auto& ranges = table.ranges_;
    if (!ranges.empty() && ranges.back().first == first) ranges.pop_back();
    if (!ranges.empty() && ranges.back().asn == asn) return;
    if (ranges.empty() && asn == 0) return;
    ranges.push_back({first, asn});
  };
  const auto close_innermost = [&] {
    const auto behind = FirstBehind(open.back().prefix);
    open.pop_back();
    if (behind) start_range(*behind, open.empty() ? 0 : open.back().asn);
  };
  for (const Entry& entry : entries) {
    while (!open.empty() &&
           !open.back().prefix.Contains(entry.prefix.address)) {
      close_innermost();
    }
    open.push_back(entry);
    start_range(entry.prefix.address, entry.asn);
  }
  while (!open.empty()) close_innermost();
  table.Index();
  return table;
}

void PrefixTable::Index() {
  if (ranges_.empty()) return;
  starts_.assign(kBuckets + 1, 0);
  for (const Range& range : ranges_) ++starts_[BucketOf(range.first) + 1];
  std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
}

std::optional<std::uint32_t> PrefixTable::Find(
    const net::IpAddress& address) const {
  if (ranges_.empty()) return {};
  const std::size_t bucket = BucketOf(address);
  const auto begin = ranges_.begin();
  const auto behind = std::upper_bound(
      begin + starts_[bucket], begin + starts_[bucket + 1], address,
      [](const net::IpAddress& sought, const Range& range) {
        return sought < range.first;
      });
  // The range that reaches into the bucket may start before it.
  if (behind == begin) return {};
  const std::uint32_t asn = std::prev(behind)->asn;
  if (asn == 0) return {};
  return asn;
}

}  // namespace taster::judge
