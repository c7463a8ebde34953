// SPDX-License-Identifier: Apache-2.0
// How the engine takes datagrams and ICMP errors and finds their queries.
#include <algorithm>

#include "probe/capture/reuseport_filter.h"
#include "probe/capture/udp_engine.h"

namespace taster::capture {
namespace {

// A flood on one socket must not keep the others waiting.
constexpr int kBatchesPerPass = 4;
constexpr int kIcmpErrorsPerPass = 256;
// Looking through the ring for a query without its id is for small rings.
constexpr RingPosition kMaxSearch = 4096;

}  // namespace

bool UdpEngine::ReceiveFrom(std::size_t port, int member) {
  const int fd = SocketOf(port, member);
  for (int i = 0; i < kBatchesPerPass; ++i) {
    const auto datagrams = inbox_.Receive(fd);
    if (datagrams.empty()) return true;
    const ClockReading reading = ClockReading::Take();
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
  if (datagram.message.size() >= 2) {
    const auto id = static_cast<std::uint16_t>(datagram.message[0] << 8 |
                                               datagram.message[1]);
    query = open_.Find(static_cast<std::uint8_t>(port), id);
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
  if (query->datagrams != ~0u) ++query->datagrams;
  if (query->datagrams > kKeptDatagrams) return;

  Arrived arrived;
  arrived.message = datagram.message;
  arrived.original_size = datagram.original_size;
  arrived.offset = std::max(offset, offset.zero());
  arrived.source = FromSocketAddress(*datagram.source);
  arrived.ip_ttl = datagram.ip_ttl;
  if (member != kV6Member && ports_[port].header_bits()) {
    arrived.dont_fragment = MemberMeansDontFragment(member);
    arrived.ip_id_zero = MemberMeansIpIdZero(member);
  }
  arrived.matches = Matches(*query, arrived);
  if (arrived.matches) query->matched = 1;
  witness_->OnArrived(query->token, arrived);
}

bool UdpEngine::Matches(const OpenQuery& query, const Arrived& arrived) const {
  return mark_.OfServer(arrived.source) == query.server_mark &&
         mark_.OfEcho(arrived.message) == query.question_mark;
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
  const auto outcome = OutcomeOf(error);
  if (outcome && query->icmp_error == 0) {
    query->icmp_error = static_cast<std::uint8_t>(*outcome) & 7;
  }
  if (query->icmp_errors == kKeptIcmpErrors) return;
  query->icmp_errors = (query->icmp_errors + 1) & 15;
  const auto offset = TicksBetween(
      query->since, ToTicks(reading.Arrival(error.stamp, received_until_)));
  witness_->OnIcmp(query->token,
                   IcmpArrived{.offender = error.offender,
                               .type = error.type,
                               .code = error.code,
                               .v6 = error.v6,
                               .offset = std::max(offset, offset.zero())});
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
