// SPDX-License-Identifier: Apache-2.0
// Cuts what a peer says over TCP or TLS into DNS messages (RFC 1035 section
// 4.2.2: each behind its length in two bytes).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace taster::capture {

// A message that came whole.
struct StreamMessage {
  std::vector<std::uint8_t> kept;  // Its first bytes.
  std::uint32_t size = 0;          // Of all of it.
};

// Holds at most kKeptBytes, whatever length the peer announces.
class MessageFramer {
 public:
  static constexpr std::size_t kKeptBytes = 4096;

  // Takes the next bytes of the stream, in pieces of any size, and appends to
  // `whole` the messages that they complete, in order.
  void Take(std::span<const std::uint8_t> bytes,
            std::vector<StreamMessage>* whole);

 private:
  std::uint32_t announced_ = 0;
  int length_bytes_ = 0;    // Of the two; both: inside a message.
  std::uint32_t seen_ = 0;  // Bytes of the message so far.
  std::vector<std::uint8_t> kept_;
};

}  // namespace taster::capture
