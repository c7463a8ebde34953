// SPDX-License-Identifier: Apache-2.0
// How the engine takes datagrams and ICMP errors and finds their queries.
#include "probe/capture/reuseport_filter.h"
#include "probe/capture/testimony.h"
#include "probe/capture/udp_engine.h"

namespace taster::capture {
namespace {

// A flood on one socket must not keep the others waiting.
constexpr int kBatchesPerPass = 4;
constexpr int kIcmpErrorsPerPass = 256;
// Looking through the ring for a query without its id is for small rings.
constexpr RingPosition kMaxSearch = 4096;

// RFC 1035 section 4.1.1. nullopt: too short to have one.
std::optional<std::uint16_t> IdOf(const Datagram& datagram) {
  if (datagram.message.size() < 2) return {};
  return static_cast<std::uint16_t>(datagram.message[0] << 8 |
                                    datagram.message[1]);
}

}  // namespace

bool UdpEngine::ReceiveFrom(std::size_t port, int member) {
  const int fd = SocketOf(port, member);
  for (int i = 0; i < kBatchesPerPass; ++i) {
    const auto datagrams = inbox_.Receive(fd);
    if (datagrams.empty()) return true;
    const ClockReading reading = ClockReading::Take();
    for (const Datagram& datagram : datagrams) {
      if (const auto id = IdOf(datagram)) {
        open_.Expect(static_cast<std::uint8_t>(port), *id);
      }
    }
    for (const Datagram& datagram : datagrams) {
      TakeDatagram(port, member, datagram, reading);
    }
    if (datagrams.size() < Inbox::kBatch) return true;
  }
  return false;
}

void UdpEngine::TakeDatagram(std::size_t port, int member,
                             const Datagram& datagram,
                             const ClockReading& reading) {
  OpenQuery* query = nullptr;
  if (const auto id = IdOf(datagram)) {
    query = open_.Find(static_cast<std::uint8_t>(port), *id);
  }
  if (query == nullptr || query->queued) {
    ++unsolicited_;
    return;
  }
  const auto offset = TicksBetween(
      query->since, ToTicks(reading.Arrival(datagram.stamp, received_until_)));
  if (offset > window_) {
    ++unsolicited_;
    return;
  }

  Arrived arrived;
  arrived.message = datagram.message;
  arrived.original_size = datagram.original_size;
  arrived.offset = offset;
  arrived.source = FromSocketAddress(*datagram.source);
  arrived.ip_ttl = datagram.ip_ttl;
  if (member != kV6Member && ports_[port].header_bits()) {
    arrived.dont_fragment = MemberMeansDontFragment(member);
    arrived.ip_id_zero = MemberMeansIpIdZero(member);
  }
  TellArrived(query, mark_, arrived, witness_);
}

int UdpEngine::TakeIcmpErrors(std::size_t port, int fd) {
  for (int taken = 0; taken < kIcmpErrorsPerPass; ++taken) {
    const auto error = TakeIcmpError(fd);
    if (!error) return taken;
    TakeIcmp(port, *error, ClockReading::Take());
  }
  return kIcmpErrorsPerPass;
}

void UdpEngine::TakeIcmp(std::size_t port, const IcmpError& error,
                         const ClockReading& reading) {
  OpenQuery* const query = QueryOf(port, error);
  if (query == nullptr) {
    ++unsolicited_;
    return;
  }
  const auto arrival = reading.Arrival(error.stamp, received_until_);
  TellIcmp(query, error, TicksBetween(query->since, ToTicks(arrival)),
           witness_);
}

OpenQuery* UdpEngine::QueryOf(std::size_t port, const IcmpError& error) {
  const auto index = static_cast<std::uint8_t>(port);
  const std::uint32_t server = mark_.OfServer(error.destination);
  if (error.query_id) {
    OpenQuery* const query = open_.Find(index, *error.query_id);
    const bool ours =
        query != nullptr && !query->queued && query->server_mark == server;
    return ours ? query : nullptr;
  }
  // Only ports were quoted: it is ours if just one query fits.
  if (open_.end() - open_.begin() > kMaxSearch) return nullptr;
  OpenQuery* only = nullptr;
  for (RingPosition at = open_.begin(); at != open_.end(); ++at) {
    OpenQuery* const query = open_.At(at);
    if (query == nullptr || query->queued || query->port != index) continue;
    if (query->server_mark != server) continue;
    if (only != nullptr) return nullptr;
    only = query;
  }
  return only;
}

}  // namespace taster::capture
