// SPDX-License-Identifier: Apache-2.0
// Makes two bits of the IP header visible to an ordinary user: which socket of
// a reuseport group receives a datagram tells DF and whether the IP-ID is 0.
#pragma once

#include <optional>

namespace taster::capture {

inline constexpr int kHeaderBitMembers = 4;

// Attaches the filter to the group of which `fd` is one; the group must have
// exactly kHeaderBitMembers IPv4 sockets, bound in the order of their index.
// False where the kernel refuses (not Linux, a sandbox).
bool AttachHeaderBits(int fd);

// What the index of the receiving member means.
constexpr bool MemberMeansDontFragment(int member) { return (member & 2) != 0; }
constexpr bool MemberMeansIpIdZero(int member) { return (member & 1) == 0; }

}  // namespace taster::capture
