// SPDX-License-Identifier: Apache-2.0
// Takes datagrams from a socket, many with one system call, with what the
// kernel tells of each.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "probe/capture/clock_reading.h"
#include "probe/capture/socket_address.h"

namespace taster::capture {

inline constexpr std::size_t kMaxKeptBytes = 4096;

// One datagram as it came. Lives until the next Receive.
struct Datagram {
  std::span<const std::uint8_t> message;  // At most kMaxKeptBytes.
  std::uint32_t original_size = 0;
  const SocketAddress* source = nullptr;
  std::optional<Stamp> stamp;  // nullopt: the kernel gave none.
  std::optional<std::uint8_t> ip_ttl;
};

// Reads stamp and IP TTL out of the control messages of `header`.
void ReadControl(msghdr* header, std::optional<Stamp>* stamp,
                 std::optional<std::uint8_t>* ip_ttl);

class Inbox {
 public:
  static constexpr std::size_t kBatch = 64;

  Inbox();

  // What waits at `fd`, oldest first, at most kBatch; empty when nothing
  // waits. An error that was pending at the socket is passed over.
  std::span<const Datagram> Receive(int fd);

 private:
  // Not a multiple of 4,096: starts would share few cache sets.
  static constexpr std::size_t kStride = kMaxKeptBytes + 64;
  static constexpr std::size_t kControlBytes = 96;

  // About 300 KiB; the kernel backs what was used of it.
  std::unique_ptr<std::uint8_t[]> buffer_;
  std::array<mmsghdr, kBatch> headers_{};
  std::array<iovec, kBatch> parts_{};
  std::array<SocketAddress, kBatch> sources_{};
  alignas(cmsghdr)
      std::array<std::array<std::uint8_t, kControlBytes>, kBatch> controls_{};
  std::array<Datagram, kBatch> datagrams_{};
  std::size_t used_ = kBatch;  // Headers that the kernel wrote into.
};

}  // namespace taster::capture
