// SPDX-License-Identifier: Apache-2.0
// The socket functions under c-ares.
#include "probe/capture/cares_exchange.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "probe/capture/sender.h"
#include "probe/capture/testimony.h"

namespace taster::capture {

CaresExchange::CaresExchange(CaresChannel channel, Token token,
                             std::optional<std::uint8_t> ip_ttl,
                             Witness* witness)
    : ip_ttl_(ip_ttl), witness_(witness), channel_(std::move(channel)) {
  static constexpr ares_socket_functions kFunctions{
      OpenSocket, KeepSocket, NotePeer, GiveDatagram, SendParts};
  ares_set_socket_functions(channel_.get(), &kFunctions, this);
  query_.token = token;
}

std::optional<Outcome> CaresExchange::Send(
    std::span<const std::uint8_t> query) {
  ares_send(channel_.get(), query.data(), static_cast<int>(query.size()),
            OnAnswer, this);
  if (left_) return {};
  return OutcomeOfSend(send_error_);
}

void CaresExchange::Hand(const Datagram& datagram) {
  if (answered_) return;
  handed_ = &datagram;
  ares_process_fd(channel_.get(), fd(), ARES_SOCKET_BAD);
  handed_ = nullptr;
}

ares_socket_t CaresExchange::OpenSocket(int family, int type, int, void* data) {
  auto* const self = static_cast<CaresExchange*>(data);
  // One datagram socket; never TCP, whatever c-ares makes of a reply.
  if (type != SOCK_DGRAM || self->fd() >= 0) {
    errno = EPROTONOSUPPORT;
    return ARES_SOCKET_BAD;
  }
  auto opened = OpenFamilySockets(family);
  if (!opened.ok()) {
    self->send_error_ = errno;
    return ARES_SOCKET_BAD;
  }
  self->sockets_ = *std::move(opened);
  return self->fd();
}

int CaresExchange::NotePeer(ares_socket_t, const sockaddr* peer,
                            ares_socklen_t size, void* data) {
  auto* const self = static_cast<CaresExchange*>(data);
  self->peer_size_ = std::min<socklen_t>(size, sizeof(self->peer_));
  std::memcpy(&self->peer_, peer, self->peer_size_);
  return 0;
}

ares_ssize_t CaresExchange::GiveDatagram(ares_socket_t, void* buffer,
                                         std::size_t size, int,
                                         sockaddr* source,
                                         ares_socklen_t* source_size,
                                         void* data) {
  auto* const self = static_cast<CaresExchange*>(data);
  const Datagram* const datagram = std::exchange(self->handed_, nullptr);
  // c-ares takes an empty datagram for a broken socket.
  if (datagram == nullptr || datagram->message.empty()) {
    errno = EAGAIN;
    return -1;
  }
  const std::size_t take = std::min(size, datagram->message.size());
  std::memcpy(buffer, datagram->message.data(), take);
  if (source != nullptr && source_size != nullptr) {
    *source_size = std::min<socklen_t>(*source_size, sizeof(SocketAddress));
    std::memcpy(source, datagram->source, *source_size);
  }
  return static_cast<ares_ssize_t>(take);
}

ares_ssize_t CaresExchange::SendParts(ares_socket_t, const iovec* parts,
                                      int count, void* data) {
  auto* const self = static_cast<CaresExchange*>(data);
  msghdr header{};
  header.msg_name = &self->peer_;
  header.msg_namelen = self->peer_size_;
  header.msg_iov = const_cast<iovec*>(parts);
  header.msg_iovlen = static_cast<std::size_t>(count);
  alignas(cmsghdr) std::array<std::uint8_t, kHopsBytes> control{};
  if (self->ip_ttl_) {
    header.msg_control = control.data();
    AppendHops(*self->ip_ttl_, &header);
  }
  const ClockReading reading = ClockReading::Take();
  const ssize_t sent = sendmsg(self->fd(), &header, 0);
  if (sent < 0) {
    self->send_error_ = errno;
  } else {
    self->TellSent(parts, count, reading);
  }
  return sent;
}

void CaresExchange::TellSent(const iovec* parts, int count,
                             const ClockReading& reading) {
  if (std::exchange(left_, true)) return;
  sent_ = reading.steady;
  std::vector<std::uint8_t> query;
  for (const iovec& part : std::span(parts, static_cast<std::size_t>(count))) {
    const auto* const begin = static_cast<const std::uint8_t*>(part.iov_base);
    query.insert(query.end(), begin, begin + part.iov_len);
  }
  Sent told;
  told.query = query;
  told.source_port = sockets_.v6 ? sockets_.v6_port : sockets_.v4_port;
  told.time = std::chrono::floor<std::chrono::microseconds>(reading.wall);
  witness_->OnSent(query_.token, told);
}

void CaresExchange::OnAnswer(void* data, int, int, unsigned char*, int) {
  static_cast<CaresExchange*>(data)->answered_ = true;
}

}  // namespace taster::capture
