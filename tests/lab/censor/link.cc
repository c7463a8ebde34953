// SPDX-License-Identifier: Apache-2.0
// AF_PACKET with PACKET_VNET_HDR (packet(7)).
#include "tests/lab/censor/link.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace taster::lab {
namespace {

constexpr int kSocketBufferBytes = 64 << 20;

absl::Status Failed(const std::string& what) {
  const std::string message =
      what + ": " + std::generic_category().message(errno);
  if (errno == EPERM || errno == EACCES) {
    return absl::PermissionDeniedError(message + " (needs CAP_NET_RAW)");
  }
  return absl::InternalError(message);
}

bool SetOption(int descriptor, int level, int option, int value) {
  return setsockopt(descriptor, level, option, &value, sizeof value) == 0;
}

// More room than the system's default limit, where we may ask for it.
void WidenBuffers(int descriptor) {
  for (const auto& [forced, plain] : {std::pair{SO_RCVBUFFORCE, SO_RCVBUF},
                                      std::pair{SO_SNDBUFFORCE, SO_SNDBUF}}) {
    if (!SetOption(descriptor, SOL_SOCKET, forced, kSocketBufferBytes)) {
      SetOption(descriptor, SOL_SOCKET, plain, kSocketBufferBytes);
    }
  }
}

}  // namespace

Link::~Link() {
  if (descriptor_ >= 0) close(descriptor_);
}

absl::Status Link::Open(const std::string& interface_name) {
  const unsigned index = if_nametoindex(interface_name.c_str());
  if (index == 0) {
    return absl::NotFoundError("no interface named " + interface_name);
  }
  descriptor_ = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor_ < 0) return Failed("open a packet socket");
  // Own frames come back otherwise, and would be forwarded for ever.
  if (!SetOption(descriptor_, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1) ||
      !SetOption(descriptor_, SOL_PACKET, PACKET_VNET_HDR, 1)) {
    return Failed("prepare the packet socket");
  }
  WidenBuffers(descriptor_);
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ALL);
  address.sll_ifindex = static_cast<int>(index);
  if (bind(descriptor_, reinterpret_cast<const sockaddr*>(&address),
           sizeof address) != 0) {
    return Failed("bind to " + interface_name);
  }
  return absl::OkStatus();
}

std::vector<ByteView> Link::Receive() {
  std::array<iovec, kBatch> parts{};
  std::array<mmsghdr, kBatch> messages{};
  for (std::size_t i = 0; i < kBatch; ++i) {
    parts[i] = {buffers_[i].data(), buffers_[i].size()};
    messages[i].msg_hdr.msg_iov = &parts[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  const int count = recvmmsg(descriptor_, messages.data(), kBatch, 0, nullptr);
  std::vector<ByteView> frames;
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    frames.emplace_back(buffers_[at].data(), messages[at].msg_len);
  }
  return frames;
}

bool Link::Send(ByteView frame) const {
  return send(descriptor_, frame.data(), frame.size(), 0) ==
         static_cast<ssize_t>(frame.size());
}

std::uint64_t Link::TakeMissed() const {
  tpacket_stats statistics{};
  socklen_t size = sizeof statistics;
  getsockopt(descriptor_, SOL_PACKET, PACKET_STATISTICS, &statistics, &size);
  return statistics.tp_drops;
}

}  // namespace taster::lab
