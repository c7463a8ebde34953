// SPDX-License-Identifier: Apache-2.0
// How the engine sends what is queued.
#include <algorithm>
#include <cerrno>

#include "probe/capture/testimony.h"
#include "probe/capture/udp_engine.h"

namespace taster::capture {
namespace {

bool TakesNoMore(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS;
}

// An old kernel, or a route that cannot segment.
bool RefusesSegments(int error) {
  return error == EIO || error == EINVAL || error == EMSGSIZE ||
         error == EOPNOTSUPP;
}

}  // namespace

void UdpEngine::SendQueued() {
  if (outbox_.empty()) return;
  for (std::size_t lane = 0; lane < 2 * ports_.size(); ++lane) {
    if (segmented_) outbox_.Arrange(lane);
    while (!outbox_.empty(lane) && SendLane(lane)) {
    }
  }
}

bool UdpEngine::SendLane(std::size_t lane) {
  auto batch = outbox_.Take(lane);
  const int fd = SocketOf(lane / 2, lane % 2 == 0 ? 0 : kV6Member);
  while (!batch.empty()) {
    const std::size_t sendable = fd < 0 ? 0 : Sendable(batch);
    if (sendable == 0) {
      FailSend(batch.front(),
               fd < 0 ? Outcome::kNetworkUnreachable : Outcome::kSendFailed);
      batch = batch.subspan(1);
      continue;
    }
    const ClockReading before = ClockReading::Take();
    const int sent = SendDraining(lane, fd, batch.first(sendable));
    if (sent > 0) {
      const auto count = static_cast<std::size_t>(sent);
      TellSent(lane, batch.first(count), before, ClockReading::Take());
      batch = batch.subspan(count);
    } else if (TakesNoMore(-sent)) {
      outbox_.PutBack(lane, batch);
      return false;
    } else {
      FailSend(batch.front(), OutcomeOfSend(-sent));
      batch = batch.subspan(1);
    }
  }
  return true;
}

std::size_t UdpEngine::Sendable(std::span<StagedQuery* const> batch) const {
  // Not those that could not be built, nor those that CloseOver gave up.
  const auto end =
      std::ranges::find_if(batch, [this](const StagedQuery* staged) {
        return staged->size == 0 || !open_.Has(staged->at);
      });
  return static_cast<std::size_t>(end - batch.begin());
}

int UdpEngine::SendDraining(std::size_t lane, int fd,
                            std::span<StagedQuery* const> batch) {
  // An ICMP error that waits at the socket fails the next send, whatever its
  // destination: take it, and send again.
  constexpr int kTries = 4;
  int sent = sender_.Send(fd, batch, segmented_);
  for (int i = 1; i < kTries && sent < 0 && !TakesNoMore(-sent); ++i) {
    const int taken = TakeIcmpErrors(lane / 2, fd);
    sent = sender_.Send(fd, batch, segmented_);
    if (taken == 0) break;
  }
  if (segmented_ && sent < 0 && RefusesSegments(-sent)) {
    sent = sender_.Send(fd, batch, false);
    segmented_ = sent < 0;
  }
  return sent;
}

void UdpEngine::TellSent(std::size_t lane, std::span<StagedQuery* const> sent,
                         const ClockReading& before,
                         const ClockReading& after) {
  const PortSockets& sockets = ports_[lane / 2];
  const auto duration = after.steady - before.steady;
  const auto count = static_cast<std::ptrdiff_t>(sent.size());
  std::ptrdiff_t index = 0;
  for (StagedQuery* const staged : sent) {
    // They left one after the other during the call.
    const auto into = duration * index++ / count;
    OpenQuery* const query = open_.At(staged->at);
    query->queued = 0;
    query->since = ToTicks(before.steady + into);
    Sent told;
    told.query = staged->message();
    told.source_port = lane % 2 == 0 ? sockets.v4_port : sockets.v6_port;
    told.time =
        std::chrono::floor<std::chrono::microseconds>(before.wall + into);
    witness_->OnSent(query->token, told);
    outbox_.Release(staged);
  }
}

void UdpEngine::FailSend(StagedQuery* staged, Outcome outcome) {
  const RingPosition at = staged->at;
  outbox_.Release(staged);
  if (open_.Has(at) && open_.At(at) != nullptr) Close(at, outcome);
}

}  // namespace taster::capture
