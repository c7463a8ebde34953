// SPDX-License-Identifier: Apache-2.0
// Asking, the pass that Run makes, and the closing of windows.
#include "probe/capture/udp_engine.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>

namespace taster::capture {
namespace {

// Under a flood not everything is received in one pass; windows close anyway
// when they are over by this much.
constexpr std::chrono::milliseconds kGrace{250};

}  // namespace

UdpEngine::UdpEngine(const UdpCaptureOptions& options,
                     std::vector<PortSockets> ports, OwnedFd poll,
                     Witness* witness)
    : window_(options.window),
      segmented_(options.bulk),
      ports_(std::move(ports)),
      poll_(std::move(poll)),
      witness_(witness),
      open_(static_cast<int>(ports_.size())),
      outbox_(2 * ports_.size()) {}

int UdpEngine::SocketOf(std::size_t port, int member) const {
  const PortSockets& sockets = ports_[port];
  if (member == kV6Member) return sockets.v6.get();
  const auto index = static_cast<std::size_t>(member);
  return index < sockets.v4.size() ? sockets.v4[index].get() : -1;
}

absl::Status UdpEngine::Watch() {
  for (std::size_t port = 0; port < ports_.size(); ++port) {
    for (int member = 0; member < kMembers; ++member) {
      const int fd = SocketOf(port, member);
      if (fd < 0) continue;
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u32 = static_cast<std::uint32_t>(port) * kMembers +
                       static_cast<std::uint32_t>(member);
      if (epoll_ctl(poll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) {
        return absl::ResourceExhaustedError(std::string("watch UDP socket: ") +
                                            std::strerror(errno));
      }
    }
  }
  return absl::OkStatus();
}

bool UdpEngine::Ask(const Question& question, Token token) {
  if (outbox_.full()) return false;
  if (outbox_.empty())
    asking_since_ = ToTicks(std::chrono::steady_clock::now());
  const auto place = open_.PickFree(&random_);
  if (!place) return false;

  OpenQuery query;
  query.token = token;
  query.since = asking_since_;
  query.server_mark = mark_.OfServer(question.server);
  query.question_mark =
      mark_.OfQuestion(question.qname.wire(), question.shape.qtype);
  query.id = place->id;
  query.port = place->port & 0x3f;
  query.queued = 1;

  StagedQuery* const staged = outbox_.Stage();
  staged->at = open_.Add(query);
  staged->server_mark = query.server_mark;
  staged->size = static_cast<std::uint16_t>(
      writer_.Write(question, place->id, &random_,
                    {staged->bytes, dns::QueryTemplate::kMaxQueryBytes}));
  staged->hops = question.ip_ttl ? std::int16_t{*question.ip_ttl}
                                 : StagedQuery::kDefaultHops;
  staged->server_size = ToSocketAddress(question.server, &staged->server);
  outbox_.Keep(staged, Lane(place->port, !question.server.address.is_v4()));
  return true;
}

absl::Status UdpEngine::Run(std::chrono::milliseconds patience) {
  SendQueued();
  const Steady before = std::chrono::steady_clock::now();
  std::array<epoll_event, 64 * kMembers> events;
  const int ready =
      epoll_wait(poll_.get(), events.data(), static_cast<int>(events.size()),
                 static_cast<int>(TimeToWait(patience).count()));
  if (ready < 0 && errno != EINTR) {
    return absl::InternalError(std::string("wait for datagrams: ") +
                               std::strerror(errno));
  }
  bool drained = true;
  for (int i = 0; i < ready; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    const std::size_t port = event.data.u32 / kMembers;
    const int member = static_cast<int>(event.data.u32 % kMembers);
    // Also reported where it was not asked for.
    if ((event.events & EPOLLERR) != 0) {
      TakeIcmpErrors(port, SocketOf(port, member));
    }
    drained = ReceiveFrom(port, member) && drained;
  }
  const Steady after = std::chrono::steady_clock::now();
  if (drained) received_until_ = ready == 0 ? after : before;
  CloseOver(std::max(received_until_, after - kGrace));
  return absl::OkStatus();
}

std::chrono::milliseconds UdpEngine::TimeToWait(
    std::chrono::milliseconds patience) {
  using std::chrono::milliseconds;
  patience = std::clamp(patience, milliseconds(0), milliseconds(3'600'000));
  // A full socket buffer: it is soon empty again.
  if (!outbox_.empty()) return std::min(patience, milliseconds(1));
  open_.Trim();
  if (open_.begin() == open_.end()) return patience;
  const Ticks now = ToTicks(std::chrono::steady_clock::now());
  const auto left = window_ - TicksBetween(open_.At(open_.begin())->since, now);
  return std::clamp(std::chrono::ceil<milliseconds>(left), milliseconds(0),
                    patience);
}

void UdpEngine::CloseOver(Steady received_until) {
  const Ticks until = ToTicks(received_until);
  open_.Trim();
  while (open_.begin() != open_.end()) {
    const OpenQuery& oldest = *open_.At(open_.begin());
    if (TicksBetween(oldest.since, until) < window_) return;
    // Still queued: the system took no datagram for a whole window.
    Close(open_.begin(),
          oldest.queued ? Outcome::kSendFailed : oldest.Conclude());
    open_.Trim();
  }
}

void UdpEngine::Close(RingPosition at, Outcome outcome) {
  const OpenQuery& query = *open_.At(at);
  const Token token = query.token;
  const std::uint32_t uncounted = query.uncounted();
  open_.Forget(at);
  witness_->OnClosed(token, outcome, uncounted);
}

void UdpEngine::CancelAll() {
  for (std::size_t lane = 0; lane < 2 * ports_.size(); ++lane) {
    while (!outbox_.empty(lane)) {
      for (StagedQuery* staged : outbox_.Take(lane)) outbox_.Release(staged);
    }
  }
  const RingPosition end = open_.end();
  for (RingPosition at = open_.begin(); at != end; ++at) {
    if (open_.At(at) != nullptr) Close(at, Outcome::kCancelled);
  }
  open_.Trim();
}

}  // namespace taster::capture
