// SPDX-License-Identifier: Apache-2.0
// A DNS server on loopback that answers when and as the test says.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "probe/capture/owned_fd.h"
#include "probe/capture/question.h"
#include "proto/net/endpoint.h"

namespace taster::capture {

using Bytes = std::vector<std::uint8_t>;

struct ReceivedQuery {
  Bytes message;
  net::Endpoint client;
  int ip_ttl = -1;  // -1: not told.
};

class LoopbackServer {
 public:
  // On a free port of `address`, which is one of loopback's.
  explicit LoopbackServer(
      const net::IpAddress& address = net::IpAddress::FromV4(0x7f000001));

  const net::Endpoint& endpoint() const { return endpoint_; }
  // The next query; nullopt when none comes within a second.
  std::optional<ReceivedQuery> Receive();
  void Send(const net::Endpoint& to, std::span<const std::uint8_t> message);
  int fd() const { return fd_.get(); }

 private:
  OwnedFd fd_;
  net::Endpoint endpoint_;
};

// The response to `query` with one A record that ends in `last_octet`.
Bytes AnswerTo(const Bytes& query, std::uint8_t last_octet);

// An A question to `server` without EDNS.
Question QuestionTo(const net::Endpoint& server, const char* qname);

// The open file descriptors of this process.
int CountOpenFds();

}  // namespace taster::capture
