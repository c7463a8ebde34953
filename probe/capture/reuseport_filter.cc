// SPDX-License-Identifier: Apache-2.0
// The classic BPF program that reads the IPv4 header (socket(7),
// SO_ATTACH_REUSEPORT_CBPF; RFC 791 section 3.1).
#include "probe/capture/reuseport_filter.h"

#include <linux/filter.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>

namespace taster::capture {
namespace {

constexpr std::uint32_t HeaderOffset(int bytes) {
  return static_cast<std::uint32_t>(SKF_NET_OFF + bytes);
}

constexpr std::uint32_t kIdentification = HeaderOffset(4);
constexpr std::uint32_t kFlagsAndOffset = HeaderOffset(6);

}  // namespace

bool AttachHeaderBits(int fd) {
  // index = (DF ? 2 : 0) | (IP-ID != 0 ? 1 : 0)
  std::array<sock_filter, 11> program{{
      {BPF_LD | BPF_H | BPF_ABS, 0, 0, kFlagsAndOffset},
      {BPF_ALU | BPF_AND | BPF_K, 0, 0, 0x4000},
      {BPF_ALU | BPF_RSH | BPF_K, 0, 0, 13},
      {BPF_ST, 0, 0, 0},
      {BPF_LD | BPF_H | BPF_ABS, 0, 0, kIdentification},
      {BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0},
      {BPF_LD | BPF_IMM, 0, 0, 1},
      {BPF_MISC | BPF_TAX, 0, 0, 0},
      {BPF_LD | BPF_MEM, 0, 0, 0},
      {BPF_ALU | BPF_OR | BPF_X, 0, 0, 0},
      {BPF_RET | BPF_A, 0, 0, 0},
  }};
  const sock_fprog attached{program.size(), program.data()};
  return setsockopt(fd, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &attached,
                    sizeof(attached)) == 0;
}

}  // namespace taster::capture
