// SPDX-License-Identifier: Apache-2.0
// Lanes over a pool.
#include "probe/capture/outbox.h"

#include <algorithm>

namespace taster::capture {

Outbox::Outbox(std::size_t lanes)
    : pool_(std::make_unique_for_overwrite<StagedQuery[]>(kCapacity)),
      buffer_(std::make_unique_for_overwrite<std::uint8_t[]>(kBufferBytes)),
      lanes_(lanes) {
  free_.reserve(kCapacity);
  for (std::size_t i = kCapacity; i-- > 0;) free_.push_back(&pool_[i]);
}

StagedQuery* Outbox::Stage() {
  StagedQuery* const staged = free_.back();
  free_.pop_back();
  staged->bytes = buffer_.get() + used_bytes_;
  return staged;
}

void Outbox::Keep(StagedQuery* staged, std::size_t lane) {
  used_bytes_ += staged->size;
  lanes_[lane].push_back(MakeWaiting(staged));
}

Outbox::Waiting Outbox::MakeWaiting(StagedQuery* staged) {
  const auto hops = static_cast<std::uint16_t>(staged->hops);
  const auto shorter = static_cast<std::uint16_t>(~staged->size);
  return {std::uint64_t{staged->server_mark} << 32 | std::uint64_t{hops} << 16 |
              shorter,
          staged};
}

void Outbox::Arrange(std::size_t lane) {
  std::ranges::sort(lanes_[lane], {}, &Waiting::way);
}

std::span<StagedQuery* const> Outbox::Take(std::size_t lane) {
  auto& waiting = lanes_[lane];
  const auto count = std::min(kBatch, waiting.size());
  for (std::size_t i = 0; i < count; ++i) taken_[i] = waiting[i].staged;
  waiting.erase(waiting.begin(),
                waiting.begin() + static_cast<std::ptrdiff_t>(count));
  return {taken_.data(), count};
}

void Outbox::PutBack(std::size_t lane, std::span<StagedQuery* const> unsent) {
  std::vector<Waiting> all;
  for (StagedQuery* const staged : unsent) all.push_back(MakeWaiting(staged));
  all.insert(all.end(), lanes_[lane].begin(), lanes_[lane].end());
  lanes_[lane].swap(all);
}

void Outbox::Release(StagedQuery* staged) {
  free_.push_back(staged);
  if (empty()) used_bytes_ = 0;
}

}  // namespace taster::capture
