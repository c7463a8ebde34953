// SPDX-License-Identifier: Apache-2.0
// Lookup from an address to the AS that announces it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "collector/judge/huge_pages.h"
#include "proto/net/ip_address.h"
#include "proto/net/ip_prefix.h"

namespace taster::judge {

// Addresses from `first` to `last`, both of one family, both inside.
struct AddressRange {
  net::IpAddress first;
  net::IpAddress last;
};

// Why a range cannot follow the ranges before it.
enum class RangeFault : std::uint8_t {
  kNone,
  kTwoFamilies,   // One end is IPv4, the other IPv6.
  kEndsBeforeIt,  // `last` is before `first`.
  kOverlaps,      // `first` is inside the range before it.
  kUnsorted,      // It starts before the range before it does.
};

// Built once, then read from many threads. A lookup takes two steps for most
// IPv4 addresses and a short binary search for the others and for IPv6, without
// allocation. What it touches is kept small: memory is what it waits for.
class PrefixTable {
 public:
  struct Entry {
    net::IpPrefix prefix;
    std::uint32_t asn = 0;
  };
  class RangeBuilder;

  PrefixTable() = default;
  // Prefixes may nest (the longest wins) and come in any order; of two equal
  // ones the later wins.
  static PrefixTable Build(std::vector<Entry> entries);

  // nullopt: no prefix covers the address. Not known is not "another AS".
  std::optional<std::uint32_t> Find(const net::IpAddress& address) const;

  // Ranges, with the gaps between them.
  std::size_t size() const { return v4_.ranges.size() + v6_.asns.size(); }

 private:
  template <typename T>
  using Table = std::vector<T, HugePageAllocator<T>>;

  struct Narrow {
    std::uint32_t first = 0;  // Up to the next one's first.
    std::uint32_t asn = 0;    // 0: a gap.
  };
  // 64 blocks of /24.
  struct Stretch {
    std::uint32_t before = 0;  // In how many blocks before it a range starts.
    // In which of its blocks one does, the first in the lowest bit; two words,
    // so that a stretch takes 12 bytes.
    std::array<std::uint32_t, 2> starts{};
  };
  struct V4 {
    Table<Narrow> ranges;  // Sorted.
    // All of IPv4; empty for small tables.
    Table<Stretch> stretches;
    // From each block on in which a range starts: whose it is, if the range
    // starts with the block and is the only one to start there.
    Table<std::uint32_t> asns;

    void Start(std::uint32_t first, std::uint32_t asn);
    void Index();
    std::uint32_t Find(std::uint32_t address) const;  // 0: a gap.
    std::uint32_t Search(std::uint32_t address) const;
  };

  struct Wide {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
  };
  struct V6 {
    // The halves of each range's first address; sorted together.
    Table<std::uint64_t> highs;
    Table<std::uint64_t> lows;
    Table<std::uint32_t> asns;  // 0: a gap.
    int bits = 0;               // That tell buckets apart.
    // For each bucket: how many ranges start before it.
    Table<std::uint32_t> starts;

    void Start(const Wide& first, std::uint32_t asn);
    void Index();
    std::size_t BucketOf(std::uint64_t high) const;
    std::uint32_t Find(const Wide& address) const;  // 0: a gap.
  };

  static Wide WideOf(const net::IpAddress& address);
  // From `first` on it is `asn`'s. REQUIRES: not before the last such call's.
  void StartRange(const net::IpAddress& first, std::uint32_t asn);
  void Index();

  V4 v4_;
  V6 v6_;
};

// Builds a table from disjoint ranges as they come from a sorted list, without
// making prefixes of them.
class PrefixTable::RangeBuilder {
 public:
  // `asn` 0 leaves a gap. Within a family, ranges come in ascending order; the
  // families may come in either order, or mixed. A range with a fault is not
  // added.
  RangeFault Add(const AddressRange& range, std::uint32_t asn);
  // REQUIRES: called once, last.
  PrefixTable Build();

 private:
  // The last range of each family, to hold the next one against.
  std::optional<AddressRange> last_v4_;
  std::optional<AddressRange> last_v6_;
  PrefixTable table_;
};

}  // namespace taster::judge
