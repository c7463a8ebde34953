// SPDX-License-Identifier: Apache-2.0
// Queries that wait to be sent, in one lane a sending socket, and the call
// that sends a lane's oldest 64 at once.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "probe/capture/open_queries.h"
#include "probe/capture/socket_address.h"
#include "proto/dns/query_builder.h"

namespace taster::capture {

// Trivial on purpose: an entry that was never used costs no memory.
struct StagedQuery {
  RingPosition at;     // Its place among the open queries.
  std::uint16_t size;  // Of `bytes`; 0: it could not be built.
  std::int16_t hops;   // IP TTL; kDefaultHops: the system's.
  socklen_t server_size;
  SocketAddress server;
  std::array<std::uint8_t, dns::QueryTemplate::kMaxQueryBytes> bytes;

  static constexpr std::int16_t kDefaultHops = -1;

  std::span<const std::uint8_t> message() const { return {bytes.data(), size}; }
};

// A fixed pool, about 1.6 MiB of which the kernel backs what was used; the
// entry freed last is used next, since it is still in the cache.
class Outbox {
 public:
  static constexpr std::size_t kCapacity = 4096;
  static constexpr std::size_t kBatch = 64;

  explicit Outbox(std::size_t lanes);

  bool full() const { return free_.empty(); }
  bool empty() const { return free_.size() == kCapacity; }
  bool empty(std::size_t lane) const { return lanes_[lane].empty(); }

  // A new entry at the end of `lane`, content undefined. REQUIRES: !full().
  StagedQuery* Stage(std::size_t lane);

  // The oldest of `lane`, at most kBatch, taken out of it. They stay valid
  // until released; whoever takes releases, or puts back.
  std::span<StagedQuery* const> Take(std::size_t lane);
  void PutBack(std::size_t lane, std::span<StagedQuery* const> unsent);
  void Release(StagedQuery* staged) { free_.push_back(staged); }

 private:
  std::unique_ptr<StagedQuery[]> pool_;
  std::vector<StagedQuery*> free_;
  std::vector<std::vector<StagedQuery*>> lanes_;
  std::array<StagedQuery*, kBatch> taken_{};
};

inline constexpr std::size_t kHopsBytes = CMSG_SPACE(sizeof(int));

// Gives one datagram its IP TTL or hop limit (ip(7), ipv6(7)). REQUIRES:
// kHopsBytes of control space.
void SetHops(int hops, int family, msghdr* header);

// Builds and makes the system calls.
class Sender {
 public:
  Sender();

  // Sends a prefix of `batch` from `fd`. Returns how many left, at least one,
  // or minus errno. REQUIRES: 1 to Outbox::kBatch of them.
  int Send(int fd, std::span<StagedQuery* const> batch);

 private:
  std::array<mmsghdr, Outbox::kBatch> headers_{};
  std::array<iovec, Outbox::kBatch> parts_{};
  alignas(cmsghdr) std::array<std::array<std::uint8_t, kHopsBytes>,
                              Outbox::kBatch> controls_{};
};

}  // namespace taster::capture
