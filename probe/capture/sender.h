// SPDX-License-Identifier: Apache-2.0
// The system call that sends up to 64 queries from one socket.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "probe/capture/outbox.h"

namespace taster::capture {

inline constexpr std::size_t kHopsBytes = CMSG_SPACE(sizeof(int));

// Appends the IP TTL or hop limit that one message leaves with (ip(7),
// ipv6(7)) to the control part of `header`, which has room for kHopsBytes.
void AppendHops(int hops, msghdr* header);

class Sender {
 public:
  Sender();

  // Sends a prefix of `batch` from `fd`. Returns how many left, at least one,
  // or minus errno. With `segmented`, neighbours to one server that are
  // equally long (the last may be shorter) cross the kernel's layers together
  // (udp(7), UDP_SEGMENT). REQUIRES: 1 to Outbox::kBatch of them.
  int Send(int fd, std::span<StagedQuery* const> batch, bool segmented);

 private:
  static constexpr std::size_t kControlBytes =
      kHopsBytes + CMSG_SPACE(sizeof(std::uint16_t));

  // Fills header `index` for `group`, whose parts are those from `first`.
  void Fill(std::size_t index, std::size_t first,
            std::span<StagedQuery* const> group);

  std::array<mmsghdr, Outbox::kBatch> headers_{};
  std::array<std::size_t, Outbox::kBatch> group_sizes_{};
  std::array<iovec, Outbox::kBatch> parts_{};
  alignas(cmsghdr) std::array<std::array<std::uint8_t, kControlBytes>,
                              Outbox::kBatch> controls_{};
};

}  // namespace taster::capture
