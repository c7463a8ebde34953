// SPDX-License-Identifier: Apache-2.0
// Lanes over a pool, and sendmmsg(2).
#include "probe/capture/outbox.h"

#include <netinet/in.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace taster::capture {
Outbox::Outbox(std::size_t lanes)
    : pool_(std::make_unique_for_overwrite<StagedQuery[]>(kCapacity)),
      lanes_(lanes) {
  free_.reserve(kCapacity);
  for (std::size_t i = kCapacity; i-- > 0;) free_.push_back(&pool_[i]);
}

StagedQuery* Outbox::Stage(std::size_t lane) {
  StagedQuery* const staged = free_.back();
  free_.pop_back();
  lanes_[lane].push_back(staged);
  return staged;
}

std::span<StagedQuery* const> Outbox::Take(std::size_t lane) {
  auto& waiting = lanes_[lane];
  const auto count = std::min(kBatch, waiting.size());
  const auto last = waiting.begin() + static_cast<std::ptrdiff_t>(count);
  std::copy(waiting.begin(), last, taken_.begin());
  waiting.erase(waiting.begin(), last);
  return {taken_.data(), count};
}

void Outbox::PutBack(std::size_t lane, std::span<StagedQuery* const> unsent) {
  lanes_[lane].insert(lanes_[lane].begin(), unsent.begin(), unsent.end());
}

void SetHops(int hops, int family, msghdr* header) {
  cmsghdr* const part = CMSG_FIRSTHDR(header);
  part->cmsg_level = family == AF_INET ? IPPROTO_IP : IPPROTO_IPV6;
  part->cmsg_type = family == AF_INET ? IP_TTL : IPV6_HOPLIMIT;
  part->cmsg_len = CMSG_LEN(sizeof(hops));
  std::memcpy(CMSG_DATA(part), &hops, sizeof(hops));
}

Sender::Sender() {
  for (std::size_t i = 0; i < headers_.size(); ++i) {
    headers_[i].msg_hdr.msg_iov = &parts_[i];
    headers_[i].msg_hdr.msg_iovlen = 1;
  }
}

int Sender::Send(int fd, std::span<StagedQuery* const> batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    StagedQuery& staged = *batch[i];
    parts_[i] = {staged.bytes.data(), staged.size};
    msghdr& header = headers_[i].msg_hdr;
    header.msg_name = &staged.server;
    header.msg_namelen = staged.server_size;
    header.msg_control = nullptr;
    header.msg_controllen = 0;
    if (staged.hops == StagedQuery::kDefaultHops) continue;
    header.msg_control = controls_[i].data();
    header.msg_controllen = kHopsBytes;
    SetHops(staged.hops, staged.server.any.sa_family, &header);
  }
  const int sent = sendmmsg(fd, headers_.data(),
                            static_cast<unsigned>(batch.size()), MSG_DONTWAIT);
  return sent > 0 ? sent : -errno;
}

}  // namespace taster::capture
