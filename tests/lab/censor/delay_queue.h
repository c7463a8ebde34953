// SPDX-License-Identifier: Apache-2.0
// Frames that wait for their time, earliest first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/lab/censor/packet.h"

namespace taster::lab {

enum class Side : std::uint8_t { kLeft, kRight };

struct Frame {
  std::uint64_t due_ns = 0;    // On the monotonic clock.
  std::uint64_t sequence = 0;  // Set by the queue: keeps equal times in order.
  Side leaves_by = Side::kLeft;
  Bytes bytes = {};
  std::string truth_line = {};  // Empty: not a forgery.
};

class DelayQueue final {
 public:
  // false: full, and the frame is gone.
  bool Push(Frame frame);

  // The earliest frame due at `now_ns` or before. nullopt: none yet.
  std::optional<Frame> PopDue(std::uint64_t now_ns);

  // nullopt: empty.
  std::optional<std::uint64_t> NextDue() const;

 private:
  std::vector<Frame> heap_;
  std::uint64_t next_sequence_ = 0;
};

}  // namespace taster::lab
