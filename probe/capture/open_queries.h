// SPDX-License-Identifier: Apache-2.0
// All open queries: a ring in the order of asking, since every window is
// equally long, and for each local port a slot per transaction id.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "probe/capture/open_query.h"
#include "probe/capture/random_source.h"

namespace taster::capture {

// Position in the ring, counted from the first query ever, modulo 2^32.
using RingPosition = std::uint32_t;

// A (local port, id) that no open query uses.
struct FreeId {
  std::uint8_t port = 0;  // Index of the port.
  std::uint16_t id = 0;
};

// 24 bytes an open query and 256 KiB of address space a port, of which the
// kernel backs only pages that were used. No allocation per query: the ring
// grows and shrinks by blocks of 4,096.
class OpenQueries {
 public:
  static constexpr std::size_t kIdsPerPort = 65536;

  // REQUIRES: 1 <= ports <= 64.
  explicit OpenQueries(int ports);
  OpenQueries(const OpenQueries&) = delete;
  OpenQueries& operator=(const OpenQueries&) = delete;
  ~OpenQueries();

  // An unpredictable free place; nullopt when there is none, or when gaps
  // fill the ring.
  std::optional<FreeId> PickFree(RandomSource* random);

  // Appends. REQUIRES: PickFree gave its port and id.
  RingPosition Add(const OpenQuery& query);

  // The open query with this port and id; nullptr when there is none. Valid
  // until it is removed.
  OpenQuery* Find(std::uint8_t port, std::uint16_t id);

  // Tells the processor that Find will come.
  void Expect(std::uint8_t port, std::uint16_t id) const {
    __builtin_prefetch(&Slot(port, id));
  }

  // Ring access: the queries from begin() to end() in order of asking, with
  // gaps where Forget was called.
  RingPosition begin() const { return begin_; }
  RingPosition end() const { return end_; }
  bool Has(RingPosition at) const { return at - begin_ < end_ - begin_; }
  // nullptr in a gap. REQUIRES: Has(at).
  OpenQuery* At(RingPosition at);

  // Removes one; its place in the ring becomes a gap, its id is free.
  void Forget(RingPosition at);
  // Drops gaps from the front, so that begin() is open or equals end().
  void Trim();

  std::size_t size() const { return size_; }

 private:
  static constexpr std::uint32_t kBlockBits = 12;
  static constexpr std::uint32_t kBlock = 1u << kBlockBits;

  // By port and id: where the last query that had them stands. May be stale:
  // only the record there tells whether they are in use.
  RingPosition& Slot(std::uint8_t port, std::uint16_t id) const {
    return slots_[port * kIdsPerPort + id];
  }
  OpenQuery& Record(RingPosition at) {
    return blocks_[at >> kBlockBits & block_mask_][at & (kBlock - 1)];
  }
  const OpenQuery& Record(RingPosition at) const {
    return blocks_[at >> kBlockBits & block_mask_][at & (kBlock - 1)];
  }
  bool IsOpen(std::uint8_t port, std::uint16_t id) const;
  FreeId Draw(RandomSource* random) const;
  std::optional<FreeId> ScanForFree(std::uint32_t start) const;

  std::size_t ports_;
  RingPosition* slots_;                               // Mapped.
  std::vector<std::uint32_t> used_;                   // Ids in use, by port.
  std::vector<std::unique_ptr<OpenQuery[]>> blocks_;  // A ring of blocks.
  std::unique_ptr<OpenQuery[]> spare_;  // Spares the allocator a round trip.
  std::uint32_t block_mask_ = 0;
  // Drawn ahead of time, so that its slot is in the cache when it is wanted.
  std::optional<FreeId> next_;
  RingPosition begin_ = 0;
  RingPosition end_ = 0;
  std::size_t size_ = 0;
};

}  // namespace taster::capture
