// SPDX-License-Identifier: Apache-2.0
// The ring of open queries and its index by port and id.
#include "probe/capture/open_queries.h"

#include <sys/mman.h>

#include <bit>
#include <cstdlib>
#include <utility>

namespace taster::capture {

namespace {

// Zero pages that cost nothing until an id on them is used.
RingPosition* MapSlots(std::size_t bytes) {
  void* const slots = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  // Address space for 16 MiB is missing: as for operator new, the end.
  if (slots == MAP_FAILED) std::abort();
  return static_cast<RingPosition*>(slots);
}

}  // namespace

OpenQueries::OpenQueries(int ports)
    : ports_(static_cast<std::size_t>(ports)),
      slots_(MapSlots(ports_ * kIdsPerPort * sizeof(RingPosition))),
      used_(ports_) {
  // Twice what can be open leaves room for gaps.
  const auto blocks =
      std::bit_ceil(2 * kIdsPerPort / kBlock * static_cast<std::size_t>(ports));
  blocks_.resize(blocks);
  block_mask_ = static_cast<std::uint32_t>(blocks - 1);
}

OpenQueries::~OpenQueries() {
  munmap(slots_, ports_ * kIdsPerPort * sizeof(RingPosition));
}

bool OpenQueries::IsOpen(std::uint8_t port, std::uint16_t id) const {
  const RingPosition at = Slot(port, id);
  if (!Has(at)) return false;
  const OpenQuery& record = Record(at);
  return record.port == port && record.id == id && !record.gone;
}

FreeId OpenQueries::Draw(RandomSource* random) const {
  const std::uint32_t drawn = random->Next32();
  // Scales 16 bits to the number of ports; the bias is under 64 / 65536.
  const FreeId place{static_cast<std::uint8_t>((drawn >> 16) * ports_ >> 16),
                     static_cast<std::uint16_t>(drawn)};
  __builtin_prefetch(&Slot(place.port, place.id), 1);
  return place;
}

std::optional<FreeId> OpenQueries::PickFree(RandomSource* random) {
  if (end_ - begin_ >= blocks_.size() * kBlock - kBlock) return {};
  // While at most three quarters are taken, all tries fail once in 10^5.
  for (int tries = 0; tries < 40; ++tries) {
    const FreeId place = next_ ? *next_ : Draw(random);
    next_ = Draw(random);
    if (!IsOpen(place.port, place.id)) return place;
  }
  return ScanForFree(random->Next32());
}

std::optional<FreeId> OpenQueries::ScanForFree(std::uint32_t start) const {
  for (std::size_t i = 0; i < ports_; ++i) {
    const auto port = static_cast<std::uint8_t>(((start >> 16) + i) % ports_);
    if (used_[port] == kIdsPerPort) continue;
    for (std::uint32_t step = 0; step < kIdsPerPort; ++step) {
      const auto id = static_cast<std::uint16_t>(start + step);
      if (!IsOpen(port, id)) return FreeId{port, id};
    }
  }
  return {};
}

RingPosition OpenQueries::Add(const OpenQuery& query) {
  const RingPosition at = end_++;
  auto& block = blocks_[at >> kBlockBits & block_mask_];
  if (!block) {
    block = spare_ ? std::move(spare_)
                   : std::make_unique_for_overwrite<OpenQuery[]>(kBlock);
  }
  Record(at) = query;
  Slot(query.port, query.id) = at;
  ++used_[query.port];
  ++size_;
  return at;
}

OpenQuery* OpenQueries::Find(std::uint8_t port, std::uint16_t id) {
  return IsOpen(port, id) ? &Record(Slot(port, id)) : nullptr;
}

OpenQuery* OpenQueries::At(RingPosition at) {
  OpenQuery& record = Record(at);
  return record.gone ? nullptr : &record;
}

void OpenQueries::Forget(RingPosition at) {
  OpenQuery& record = Record(at);
  record.gone = 1;
  --used_[record.port];
  --size_;
}

void OpenQueries::Trim() {
  while (begin_ != end_ && Record(begin_).gone) {
    ++begin_;
    if ((begin_ & (kBlock - 1)) != 0) continue;
    auto& left = blocks_[(begin_ - 1) >> kBlockBits & block_mask_];
    spare_ = std::move(left);
  }
}

}  // namespace taster::capture
