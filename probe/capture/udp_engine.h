// SPDX-License-Identifier: Apache-2.0
// UdpCapture over port groups, the ring of open queries and the outbox.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "probe/capture/clock_reading.h"
#include "probe/capture/echo_mark.h"
#include "probe/capture/icmp_error.h"
#include "probe/capture/inbox.h"
#include "probe/capture/open_queries.h"
#include "probe/capture/outbox.h"
#include "probe/capture/owned_fd.h"
#include "probe/capture/port_sockets.h"
#include "probe/capture/query_writer.h"
#include "probe/capture/random_source.h"
#include "probe/capture/sender.h"
#include "probe/capture/udp_capture.h"
#include "probe/capture/witness.h"

namespace taster::capture {

class UdpEngine final : public UdpCapture {
 public:
  // `poll`: an epoll instance. `ports` are not registered with it yet.
  UdpEngine(const UdpCaptureOptions& options, std::vector<PortSockets> ports,
            OwnedFd poll, Witness* witness);

  // Registers every socket with the epoll instance.
  absl::Status Watch();

  bool Ask(const Question& question, Token token) override;
  absl::Status Run(std::chrono::milliseconds patience) override;
  std::size_t open_queries() const override { return open_.size(); }
  void CancelAll() override;
  std::uint64_t unsolicited() const override { return unsolicited_; }

 private:
  using Steady = std::chrono::steady_clock::time_point;

  // Index of an IPv6 socket where 0 to 3 are members of the IPv4 group.
  static constexpr int kV6Member = 4;
  static constexpr int kMembers = 5;
  static std::size_t Lane(std::size_t port, bool v6) {
    return 2 * port + (v6 ? 1 : 0);
  }
  Ticks ToTicks(Steady time) const {
    return static_cast<Ticks>(
        std::chrono::duration_cast<std::chrono::microseconds>(time - epoch_)
            .count());
  }
  // -1 where there is no such socket.
  int SocketOf(std::size_t port, int member) const;

  // Sending (udp_engine_send.cc).
  void SendQueued();
  // False when the socket takes no more for now.
  bool SendLane(std::size_t lane);
  // Length of the prefix that can be sent.
  std::size_t Sendable(std::span<StagedQuery* const> batch) const;
  // As Sender::Send, past ICMP errors that are pending.
  int SendDraining(std::size_t lane, int fd,
                   std::span<StagedQuery* const> batch);
  void TellSent(std::size_t lane, std::span<StagedQuery* const> sent,
                const ClockReading& before, const ClockReading& after);
  void FailSend(StagedQuery* staged, Outcome outcome);

  // Receiving (udp_engine_receive.cc).
  // True when nothing was left waiting at the socket.
  bool ReceiveFrom(std::size_t port, int member);
  void TakeDatagram(std::size_t port, int member, const Datagram& datagram,
                    const ClockReading& reading);
  // Number of ICMP errors taken.
  int TakeIcmpErrors(std::size_t port, int fd);
  void TakeIcmp(std::size_t port, const IcmpError& error,
                const ClockReading& reading);
  OpenQuery* QueryOf(std::size_t port, const IcmpError& error);

  // Windows (udp_engine.cc).
  void CloseOver(Steady received_until);
  void Close(RingPosition at, Outcome outcome);
  std::chrono::milliseconds TimeToWait(std::chrono::milliseconds patience);

  std::chrono::microseconds window_;
  bool segmented_;
  std::vector<PortSockets> ports_;
  OwnedFd poll_;
  Witness* witness_;

  RandomSource random_;
  EchoMark mark_{&random_};
  QueryWriter writer_;
  OpenQueries open_;
  Outbox outbox_;
  Sender sender_;
  Inbox inbox_;

  Steady epoch_ = std::chrono::steady_clock::now();
  // Up to here every datagram that came has been received.
  Steady received_until_ = epoch_;
  // When the first of the queries that are queued now was asked.
  Ticks asking_since_ = 0;
  std::uint64_t unsolicited_ = 0;
};

}  // namespace taster::capture
