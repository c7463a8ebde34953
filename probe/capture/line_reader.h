// SPDX-License-Identifier: Apache-2.0
// Cuts what a peer says into lines, none longer than it may be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace taster::capture {

class LineReader {
 public:
  enum class State : std::uint8_t { kInside, kWhole, kTooLong };

  // `longest`: bytes of a line, its end not counted.
  explicit LineReader(std::size_t longest) : longest_(longest) {}

  // Takes the next byte. LF ends a line, and so does CR LF. Once too long,
  // always.
  State Take(std::uint8_t byte);

  // The line without its end. REQUIRES: the last Take said kWhole.
  const std::string& line() const { return line_; }

 private:
  std::size_t longest_;
  std::string line_;
  State state_ = State::kInside;
};

}  // namespace taster::capture
