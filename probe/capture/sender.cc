// SPDX-License-Identifier: Apache-2.0
// sendmmsg(2), with control messages.
#include "probe/capture/sender.h"

#include <netinet/in.h>
#include <netinet/udp.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <numeric>

namespace taster::capture {
namespace {

template <typename Value>
void Append(int level, int type, Value value, msghdr* header) {
  auto* const part = reinterpret_cast<cmsghdr*>(
      static_cast<std::uint8_t*>(header->msg_control) + header->msg_controllen);
  part->cmsg_level = level;
  part->cmsg_type = type;
  part->cmsg_len = CMSG_LEN(sizeof(value));
  std::memcpy(CMSG_DATA(part), &value, sizeof(value));
  header->msg_controllen += CMSG_SPACE(sizeof(value));
}

bool SameWay(const StagedQuery& left, const StagedQuery& right) {
  return left.hops == right.hops && left.server_size == right.server_size &&
         std::memcmp(&left.server, &right.server, left.server_size) == 0;
}

// Length of the prefix that the kernel can cut out of one buffer.
std::size_t GroupAtFront(std::span<StagedQuery* const> batch) {
  const StagedQuery& first = *batch.front();
  std::size_t count = 1;
  while (count < batch.size() && SameWay(first, *batch[count])) {
    if (batch[count]->size > first.size) break;
    // A shorter one ends the group.
    if (batch[count++]->size < first.size) break;
  }
  return count;
}

}  // namespace

void AppendHops(int hops, msghdr* header) {
  const auto* const server = static_cast<const sockaddr*>(header->msg_name);
  const bool v4 = server->sa_family == AF_INET;
  Append(v4 ? IPPROTO_IP : IPPROTO_IPV6, v4 ? IP_TTL : IPV6_HOPLIMIT, hops,
         header);
}

Sender::Sender() {
  for (std::size_t i = 0; i < headers_.size(); ++i) {
    headers_[i].msg_hdr.msg_control = controls_[i].data();
  }
}

void Sender::Fill(std::size_t index, std::size_t first,
                  std::span<StagedQuery* const> group) {
  for (std::size_t i = 0; i < group.size(); ++i) {
    parts_[first + i] = {group[i]->bytes, group[i]->size};
  }
  StagedQuery& front = *group.front();
  msghdr& header = headers_[index].msg_hdr;
  header.msg_name = &front.server;
  header.msg_namelen = front.server_size;
  header.msg_iov = &parts_[first];
  header.msg_iovlen = group.size();
  header.msg_controllen = 0;
  if (front.hops != StagedQuery::kDefaultHops) {
    AppendHops(front.hops, &header);
  }
  if (group.size() > 1) {
    Append(SOL_UDP, UDP_SEGMENT, std::uint16_t{front.size}, &header);
  }
}

int Sender::Send(int fd, std::span<StagedQuery* const> batch, bool segmented) {
  std::size_t groups = 0;
  for (std::size_t first = 0; first < batch.size(); ++groups) {
    const auto rest = batch.subspan(first);
    const std::size_t size = segmented ? GroupAtFront(rest) : 1;
    Fill(groups, first, rest.first(size));
    group_sizes_[groups] = size;
    first += size;
  }
  const int sent = sendmmsg(fd, headers_.data(), static_cast<unsigned>(groups),
                            MSG_DONTWAIT);
  if (sent <= 0) return -errno;
  return static_cast<int>(std::accumulate(
      group_sizes_.begin(), group_sizes_.begin() + sent, std::size_t{0}));
}

}  // namespace taster::capture
