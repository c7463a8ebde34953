// SPDX-License-Identifier: Apache-2.0
// recvmmsg(2) and the control messages of ip(7), ipv6(7) and socket(7).
#include "probe/capture/inbox.h"

#include <netinet/in.h>

#include <algorithm>
#include <cstring>
#include <ctime>

namespace taster::capture {

void ReadControl(msghdr* header, std::optional<Stamp>* stamp,
                 std::optional<std::uint8_t>* ip_ttl) {
  for (cmsghdr* part = CMSG_FIRSTHDR(header); part != nullptr;
       part = CMSG_NXTHDR(header, part)) {
    if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_TIMESTAMPNS) {
      timespec time{};
      std::memcpy(&time, CMSG_DATA(part), sizeof(time));
      *stamp = Stamp(std::chrono::seconds(time.tv_sec) +
                     std::chrono::nanoseconds(time.tv_nsec));
    } else if ((part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_TTL) ||
               (part->cmsg_level == IPPROTO_IPV6 &&
                part->cmsg_type == IPV6_HOPLIMIT)) {
      int hops = 0;
      std::memcpy(&hops, CMSG_DATA(part), sizeof(hops));
      *ip_ttl = static_cast<std::uint8_t>(hops);
    }
  }
}

Inbox::Inbox()
    : buffer_(
          std::make_unique_for_overwrite<std::uint8_t[]>(kStride * kBatch)) {
  for (std::size_t i = 0; i < kBatch; ++i) {
    parts_[i] = {buffer_.get() + i * kStride, kMaxKeptBytes};
    msghdr& header = headers_[i].msg_hdr;
    header.msg_name = &sources_[i];
    header.msg_iov = &parts_[i];
    header.msg_iovlen = 1;
    header.msg_control = controls_[i].data();
  }
}

std::span<const Datagram> Inbox::Receive(int fd) {
  for (std::size_t i = 0; i < used_; ++i) {
    headers_[i].msg_hdr.msg_namelen = sizeof(SocketAddress);
    headers_[i].msg_hdr.msg_controllen = kControlBytes;
  }
  // MSG_TRUNC: msg_len is the size on the wire even where we keep less.
  constexpr int kFlags = MSG_DONTWAIT | MSG_TRUNC;
  int got = recvmmsg(fd, headers_.data(), kBatch, kFlags, nullptr);
  // An ICMP error that is pending fails one call and takes nothing.
  if (got < 0) got = recvmmsg(fd, headers_.data(), kBatch, kFlags, nullptr);
  used_ = got < 0 ? 0 : static_cast<std::size_t>(got);
  for (std::size_t i = 0; i < used_; ++i) {
    Datagram& datagram = datagrams_[i];
    datagram.original_size = headers_[i].msg_len;
    datagram.message = {
        buffer_.get() + i * kStride,
        std::min<std::size_t>(headers_[i].msg_len, kMaxKeptBytes)};
    datagram.source = &sources_[i];
    datagram.stamp.reset();
    datagram.ip_ttl.reset();
    ReadControl(&headers_[i].msg_hdr, &datagram.stamp, &datagram.ip_ttl);
  }
  return {datagrams_.data(), used_};
}

}  // namespace taster::capture
