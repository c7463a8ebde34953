// SPDX-License-Identifier: Apache-2.0
// A TCP server on loopback whose every connection follows a script.
#pragma once

#include <functional>
#include <thread>
#include <vector>

#include "probe/capture/owned_fd.h"
#include "proto/net/endpoint.h"
#include "tests/unit/probe/capture/loopback_server.h"

namespace taster::capture {

// One accepted connection, blocking, with a receive timeout of 5 s.
class ScriptedConnection {
 public:
  explicit ScriptedConnection(int fd) : fd_(fd) {}
  // What came; empty at the peer's end.
  Bytes Receive();
  // The message of the query that came (length prefix and all read).
  Bytes ReceiveQuery();
  void Send(const Bytes& bytes);
  // Ends it by a reset.
  void Reset();
  // Waits until the peer has ended it.
  void AwaitEnd();
  int fd() const { return fd_.get(); }

 private:
  OwnedFd fd_;
};

class ScriptedServer {
 public:
  using Script = std::function<void(ScriptedConnection*)>;

  // Each connection gets a thread of its own and ends with the script.
  explicit ScriptedServer(
      Script script,
      const net::IpAddress& address = net::IpAddress::FromV4(0x7f000001));
  ~ScriptedServer();

  const net::Endpoint& endpoint() const { return endpoint_; }

 private:
  void Accept();

  Script script_;
  net::Endpoint endpoint_;  // Before the listener, which fills it in.
  OwnedFd listener_;
  std::vector<std::thread> connections_;  // Of the acceptor's thread alone.
  std::thread acceptor_;
};

// A socket that listens on loopback and never accepts. Not owning: this host
// has no such address.
OwnedFd Listen(
    int backlog, net::Endpoint* endpoint,
    const net::IpAddress& address = net::IpAddress::FromV4(0x7f000001));

// `message` behind its length.
Bytes Framed(const Bytes& message);

}  // namespace taster::capture
