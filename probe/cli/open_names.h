// SPDX-License-Identifier: Apache-2.0
// What a sweep remembers of each question while its window is open: 16 bytes
// and the name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>

#include "probe/capture/witness.h"

namespace taster::cli {

// One question, in the order of asking.
struct OpenName {
  std::uint32_t name_at = 0;  // Where NameBytes keeps its name, as it was sent.
  std::uint32_t sent_us = 0;  // System clock, modulo 2^32 microseconds.
  std::uint16_t id = 0;
  std::uint16_t source_port = 0;
  std::uint8_t name_size = 0;
  std::uint8_t outcome : 5 = 0;  // capture::Outcome; 0: still open.
  std::uint8_t sent : 1 = 0;
  std::uint8_t promoted : 1 = 0;  // It drew something, and is recorded.
  std::uint8_t bad : 1 = 0;       // Never asked: `id` is why.
};
static_assert(sizeof(OpenName) == 16);

// Bytes in a queue: added at the end, dropped from the front, never moved.
class NameBytes {
 public:
  // Where the copy begins, modulo 2^32.
  std::uint32_t Add(std::span<const std::uint8_t> bytes);
  std::span<std::uint8_t> At(std::uint32_t at, std::size_t size);
  // Everything before `at` is forgotten.
  void DropBefore(std::uint32_t at);

 private:
  static constexpr std::uint32_t kBlock = 1 << 14;
  using Block = std::unique_ptr<std::uint8_t[]>;

  std::deque<Block> blocks_;
  std::uint32_t begin_ = 0;  // Of the first block; a multiple of kBlock.
  std::uint32_t end_ = 0;    // Behind the last byte.
};

}  // namespace taster::cli
