// SPDX-License-Identifier: Apache-2.0
// Byte by byte.
#include "probe/capture/line_reader.h"

namespace taster::capture {

LineReader::State LineReader::Take(std::uint8_t byte) {
  if (state_ == State::kTooLong) return state_;
  if (state_ == State::kWhole) line_.clear();
  state_ = byte == '\n' ? State::kWhole : State::kInside;
  if (byte != '\n') {
    line_.push_back(static_cast<char>(byte));
  } else if (line_.ends_with('\r')) {
    line_.pop_back();
  }
  // One more may be the CR of its end.
  if (line_.size() > longest_ + (line_.ends_with('\r') ? 1 : 0)) {
    state_ = State::kTooLong;
    line_.clear();
  }
  return state_;
}

}  // namespace taster::capture
