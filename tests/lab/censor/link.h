// SPDX-License-Identifier: Apache-2.0
// One end of the wire: raw frames from and to a network interface.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/lab/censor/packet.h"

namespace taster::lab {

// Every frame travels with the kernel's offload header before it, so that
// large TCP segments and unfinished checksums pass unharmed.
inline constexpr std::size_t kOffloadHeaderBytes = 10;
inline constexpr std::size_t kEthernetHeaderBytes = 14;

class Link final {
 public:
  Link() = default;
  ~Link();
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  // PermissionDenied: CAP_NET_RAW is missing. NotFound: no such interface.
  absl::Status Open(const std::string& interface_name);

  int descriptor() const { return descriptor_; }

  // Up to a batch of frames that have arrived; empty: none are left. The
  // views last until the next call.
  std::vector<ByteView> Receive();

  // false: the kernel had no room, and the frame is lost.
  bool Send(ByteView frame) const;

  // Frames that arrived since the last call and found no room.
  std::uint64_t TakeMissed() const;

 private:
  static constexpr std::size_t kBatch = 32;
  static constexpr std::size_t kFrameBytes = 66'000;

  int descriptor_ = -1;
  std::vector<std::array<std::uint8_t, kFrameBytes>> buffers_{kBatch};
};

}  // namespace taster::lab
