// SPDX-License-Identifier: Apache-2.0
#include "probe/cli/open_names.h"

#include <algorithm>

namespace taster::cli {

std::uint32_t NameBytes::Add(std::span<const std::uint8_t> bytes) {
  const auto size = static_cast<std::uint32_t>(bytes.size());
  // No name lies across two blocks.
  if (end_ % kBlock + size > kBlock) end_ += kBlock - end_ % kBlock;
  while (end_ + size - begin_ > blocks_.size() * kBlock) {
    blocks_.push_back(std::make_unique_for_overwrite<std::uint8_t[]>(kBlock));
  }
  const std::uint32_t at = end_;
  std::ranges::copy(bytes, blocks_[(at - begin_) / kBlock].get() + at % kBlock);
  end_ += size;
  return at;
}

std::span<std::uint8_t> NameBytes::At(std::uint32_t at, std::size_t size) {
  return {blocks_[(at - begin_) / kBlock].get() + at % kBlock, size};
}

void NameBytes::DropBefore(std::uint32_t at) {
  while (blocks_.size() > 1 && at - begin_ >= kBlock &&
         at - begin_ <= end_ - begin_) {
    blocks_.pop_front();
    begin_ += kBlock;
  }
}

}  // namespace taster::cli
