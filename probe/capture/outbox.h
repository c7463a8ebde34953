// SPDX-License-Identifier: Apache-2.0
// Queries that wait to be sent, in one lane a sending socket.
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
  RingPosition at;            // Its place among the open queries.
  std::uint16_t size;         // Of the query; 0: it could not be built.
  std::int16_t hops;          // IP TTL; kDefaultHops: the system's.
  std::uint32_t server_mark;  // EchoMark of `server`.
  socklen_t server_size;
  SocketAddress server;
  std::uint8_t* bytes;  // In the outbox.

  static constexpr std::int16_t kDefaultHops = -1;

  std::span<const std::uint8_t> message() const { return {bytes, size}; }
};

// Bounded, and compact so that it stays in the cache: entries from a pool,
// bytes from a buffer that is used from its beginning again whenever the
// outbox was empty.
class Outbox {
 public:
  static constexpr std::size_t kCapacity = 4096;
  static constexpr std::size_t kBatch = 64;

  explicit Outbox(std::size_t lanes);

  bool full() const {
    return free_.empty() || used_bytes_ + kMaxQuery > kBufferBytes;
  }
  bool empty() const { return free_.size() == kCapacity; }
  bool empty(std::size_t lane) const { return lanes_[lane].empty(); }

  // An entry to fill in, with room for the largest query at `bytes`; the next
  // call must be Keep. REQUIRES: !full().
  StagedQuery* Stage();
  // Puts it at the end of `lane`.
  void Keep(StagedQuery* staged, std::size_t lane);

  // Brings those of `lane` that go the same way (server, IP TTL) together, the
  // longest first.
  void Arrange(std::size_t lane);

  // The first of `lane`, at most kBatch, taken out of it. They stay valid
  // until released; whoever takes releases, or puts back.
  std::span<StagedQuery* const> Take(std::size_t lane);
  void PutBack(std::size_t lane, std::span<StagedQuery* const> unsent);
  void Release(StagedQuery* staged);

 private:
  static constexpr std::size_t kMaxQuery = dns::QueryTemplate::kMaxQueryBytes;
  static constexpr std::size_t kBufferBytes = kCapacity * 128;

  struct Waiting {
    std::uint64_t way = 0;  // Sorts as Arrange wants it.
    StagedQuery* staged = nullptr;
  };
  static Waiting MakeWaiting(StagedQuery* staged);

  std::unique_ptr<StagedQuery[]> pool_;
  std::unique_ptr<std::uint8_t[]> buffer_;
  std::size_t used_bytes_ = 0;
  std::vector<StagedQuery*> free_;
  std::vector<std::vector<Waiting>> lanes_;
  std::array<StagedQuery*, kBatch> taken_{};
};

}  // namespace taster::capture
