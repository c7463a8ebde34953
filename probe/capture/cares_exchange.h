// SPDX-License-Identifier: Apache-2.0
// One question through c-ares, and the socket that outlives its interest.
#pragma once

#include <ares.h>
#include <sys/uio.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

#include "absl/status/status.h"
#include "probe/capture/cares_channel.h"
#include "probe/capture/clock_reading.h"
#include "probe/capture/inbox.h"
#include "probe/capture/open_query.h"
#include "probe/capture/port_sockets.h"
#include "probe/capture/socket_address.h"
#include "probe/capture/witness.h"

namespace taster::capture {

// c-ares sends by our functions, from a socket that we never connect nor close
// before the window ends. Each datagram is told to the witness first and then
// handed to c-ares as long as that still waits for an answer.
class CaresExchange {
 public:
  // `ip_ttl` nullopt: the system default.
  CaresExchange(CaresChannel channel, Token token,
                std::optional<std::uint8_t> ip_ttl, Witness* witness);
  CaresExchange(const CaresExchange&) = delete;
  CaresExchange& operator=(const CaresExchange&) = delete;

  // Has c-ares send `query`; tells the witness when it left. An outcome:
  // it did not leave.
  std::optional<Outcome> Send(std::span<const std::uint8_t> query);

  // Hands a datagram that was taken from one of the sockets to c-ares.
  void Hand(const Datagram& datagram);

  OpenQuery& query() { return query_; }
  // Since when the window is open. REQUIRES: Send returned nullopt.
  std::chrono::steady_clock::time_point sent() const { return sent_; }
  // The sockets of its port; more than one IPv4 socket: a group that shows
  // header bits by the index of the member.
  const PortSockets& sockets() const { return sockets_; }

 private:
  // The socket functions of c-ares; `data` is this object.
  static ares_socket_t OpenSocket(int family, int type, int, void* data);
  static int KeepSocket(ares_socket_t, void*) { return 0; }
  static int NotePeer(ares_socket_t, const sockaddr* peer, ares_socklen_t size,
                      void* data);
  static ares_ssize_t GiveDatagram(ares_socket_t, void* buffer,
                                   std::size_t size, int, sockaddr* source,
                                   ares_socklen_t* source_size, void* data);
  static ares_ssize_t SendParts(ares_socket_t, const iovec* parts, int count,
                                void* data);
  static void OnAnswer(void* data, int, int, unsigned char*, int);
  // The one that c-ares knows, and that sends.
  int fd() const {
    return sockets_.v6           ? sockets_.v6.get()
           : sockets_.v4.empty() ? -1
                                 : sockets_.v4.front().get();
  }
  void TellSent(const iovec* parts, int count, const ClockReading& reading);

  PortSockets sockets_;  // Closed last: c-ares may still name it while it ends.
  SocketAddress peer_{};
  socklen_t peer_size_ = 0;
  OpenQuery query_;
  std::optional<std::uint8_t> ip_ttl_;
  Witness* witness_;
  std::chrono::steady_clock::time_point sent_;
  int send_error_ = 0;  // errno of the send that failed.
  bool left_ = false;
  bool answered_ = false;  // c-ares waits no more.
  const Datagram* handed_ = nullptr;
  CaresChannel channel_;
};

}  // namespace taster::capture
