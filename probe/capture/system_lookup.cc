// SPDX-License-Identifier: Apache-2.0
// The lookups that are open, and the pass that Run makes over them.
#include "probe/capture/system_lookup.h"

#include <poll.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "probe/capture/cares_exchange.h"
#include "probe/capture/echo_mark.h"
#include "probe/capture/query_writer.h"
#include "probe/capture/reuseport_filter.h"
#include "probe/capture/testimony.h"
#include "probe/capture/udp_capture.h"

namespace taster::capture {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock::time_point;

// A reuseport group.
constexpr std::size_t kSocketsOfOne = kHeaderBitMembers;
// For the engine, the spool, the uplink and whatever the process has open.
constexpr std::size_t kReservedDescriptors = 400;

// How many descriptors the lookups may use; raises the process's soft limit
// towards the hard one first.
std::size_t FreeDescriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return kSocketsOfOne;
  const rlim_t wanted =
      SystemLookup::kMaxOpen * kSocketsOfOne + kReservedDescriptors;
  if (limit.rlim_cur < wanted) {
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
  }
  const std::size_t most = std::min<rlim_t>(limit.rlim_cur, wanted);
  return std::max(most, kReservedDescriptors + kSocketsOfOne) -
         kReservedDescriptors;
}

// The sockets that replies to it may reach, in the order of their index.
std::vector<int> SocketsOf(const CaresExchange& exchange) {
  std::vector<int> sockets;
  for (const OwnedFd& fd : exchange.sockets().v4) sockets.push_back(fd.get());
  if (exchange.sockets().v6) sockets.push_back(exchange.sockets().v6.get());
  return sockets;
}

class CaresLookup final : public SystemLookup {
 public:
  CaresLookup(milliseconds window, std::vector<net::Endpoint> servers,
              Witness* witness)
      : window_(window),
        servers_(std::move(servers)),
        witness_(witness),
        most_open_(std::min(kMaxOpen, FreeDescriptors() / kSocketsOfOne)) {}

  bool Ask(const Question& question, Token token) override {
    if (open_queries() >= most_open_) return false;
    queued_.push_back({question, token});
    return true;
  }
  absl::Status Run(milliseconds patience) override;
  std::size_t open_queries() const override {
    return queued_.size() + open_.size();
  }
  void CancelAll() override;
  std::vector<net::Endpoint> servers() const override { return servers_; }

 private:
  struct Queued {
    Question question;
    Token token;
  };

  void Start(const Queued& queued);
  // Takes what waits at its sockets, at most one batch from each.
  void Receive(CaresExchange* exchange);
  void Take(const Datagram& datagram, int member, CaresExchange* exchange);
  void TakeIcmpErrors(CaresExchange* exchange);
  // Since it was sent.
  std::chrono::microseconds OffsetOf(const CaresExchange& exchange,
                                     std::optional<Stamp> stamp) const;
  void CloseOver();
  int TimeToWait(milliseconds patience) const;

  std::chrono::microseconds window_;
  std::vector<net::Endpoint> servers_;
  Witness* witness_;
  std::size_t most_open_;
  RandomSource random_;
  EchoMark mark_{&random_};
  QueryWriter writer_;
  Inbox inbox_;
  std::vector<Queued> queued_;
  std::vector<std::unique_ptr<CaresExchange>> open_;  // In order of sending.
};

void CaresLookup::Start(const Queued& queued) {
  Question question = queued.question;
  if (question.server.port == 0 && !servers_.empty()) {
    question.server = servers_.front();
  }
  auto channel = OpenCaresChannel();
  std::array<std::uint8_t, dns::QueryTemplate::kMaxQueryBytes> bytes;
  const auto id = static_cast<std::uint16_t>(random_.Next32());
  const std::size_t size = writer_.Write(question, id, &random_, bytes);
  if (question.server.port == 0 || size == 0 || !channel.ok() ||
      !PointAt(question.server, channel->get())) {
    witness_->OnClosed(queued.token, Outcome::kSendFailed, 0);
    return;
  }
  auto exchange = std::make_unique<CaresExchange>(
      *std::move(channel), queued.token, question.ip_ttl, witness_);
  exchange->query().id = id;
  exchange->query().server_mark = mark_.OfServer(question.server);
  exchange->query().question_mark =
      mark_.OfQuestion(question.qname.wire(), question.shape.qtype);
  const auto failed = exchange->Send(std::span(bytes).first(size));
  if (failed) {
    witness_->OnClosed(queued.token, *failed, 0);
  } else {
    open_.push_back(std::move(exchange));
  }
}

absl::Status CaresLookup::Run(milliseconds patience) {
  for (const Queued& queued : std::exchange(queued_, {})) Start(queued);
  std::vector<pollfd> sockets;
  std::vector<CaresExchange*> owners;  // As sockets.
  for (const auto& exchange : open_) {
    for (const int fd : SocketsOf(*exchange)) {
      sockets.push_back({fd, POLLIN, 0});
      owners.push_back(exchange.get());
    }
  }
  const int ready = poll(sockets.data(), sockets.size(), TimeToWait(patience));
  if (ready < 0 && errno != EINTR) {
    return absl::InternalError(std::string("wait for datagrams: ") +
                               std::strerror(errno));
  }
  for (std::size_t i = 0; ready > 0 && i < sockets.size(); ++i) {
    if ((sockets[i].revents & POLLERR) != 0) TakeIcmpErrors(owners[i]);
    if (sockets[i].revents != 0) Receive(owners[i]);
  }
  CloseOver();
  return absl::OkStatus();
}

void CaresLookup::Receive(CaresExchange* exchange) {
  int member = 0;
  for (const int fd : SocketsOf(*exchange)) {
    for (const Datagram& datagram : inbox_.Receive(fd)) {
      Take(datagram, member, exchange);
    }
    ++member;
  }
}

void CaresLookup::Take(const Datagram& datagram, int member,
                       CaresExchange* exchange) {
  const auto offset = OffsetOf(*exchange, datagram.stamp);
  if (offset > window_ || datagram.message.size() < 2) return;
  const auto id = static_cast<std::uint16_t>(datagram.message[0] << 8 |
                                             datagram.message[1]);
  if (id != exchange->query().id) return;
  Arrived arrived;
  arrived.message = datagram.message;
  arrived.original_size = datagram.original_size;
  arrived.offset = offset;
  arrived.source = FromSocketAddress(*datagram.source);
  arrived.ip_ttl = datagram.ip_ttl;
  if (exchange->sockets().header_bits()) {
    arrived.dont_fragment = MemberMeansDontFragment(member);
    arrived.ip_id_zero = MemberMeansIpIdZero(member);
  }
  TellArrived(&exchange->query(), mark_, arrived, witness_);
  exchange->Hand(datagram);
}

void CaresLookup::TakeIcmpErrors(CaresExchange* exchange) {
  for (const int fd : SocketsOf(*exchange)) {
    while (const auto error = TakeIcmpError(fd)) {
      // The port had this query alone; a quoted id must still be its own.
      OpenQuery& query = exchange->query();
      if (error->query_id && *error->query_id != query.id) continue;
      if (mark_.OfServer(error->destination) != query.server_mark) continue;
      TellIcmp(&query, *error, OffsetOf(*exchange, error->stamp), witness_);
    }
  }
}

std::chrono::microseconds CaresLookup::OffsetOf(
    const CaresExchange& exchange, std::optional<Stamp> stamp) const {
  const Steady arrival = ClockReading::Take().Arrival(stamp, exchange.sent());
  return std::chrono::duration_cast<std::chrono::microseconds>(arrival -
                                                               exchange.sent());
}

void CaresLookup::CloseOver() {
  const Steady now = std::chrono::steady_clock::now();
  while (!open_.empty() && now - open_.front()->sent() >= window_) {
    const auto exchange = std::move(open_.front());
    open_.erase(open_.begin());
    // What came since the last pass.
    TakeIcmpErrors(exchange.get());
    Receive(exchange.get());
    const OpenQuery& query = exchange->query();
    witness_->OnClosed(query.token, query.Conclude(), query.uncounted());
  }
}

int CaresLookup::TimeToWait(milliseconds patience) const {
  auto wait = std::clamp(patience, milliseconds(0), milliseconds(3'600'000));
  if (!open_.empty()) {
    const auto left =
        open_.front()->sent() + window_ - std::chrono::steady_clock::now();
    wait = std::clamp(std::chrono::ceil<milliseconds>(left), milliseconds(0),
                      wait);
  }
  return static_cast<int>(wait.count());
}

void CaresLookup::CancelAll() {
  for (const Queued& queued : std::exchange(queued_, {})) {
    witness_->OnClosed(queued.token, Outcome::kCancelled, 0);
  }
  for (const auto& exchange : std::exchange(open_, {})) {
    const OpenQuery& query = exchange->query();
    witness_->OnClosed(query.token, Outcome::kCancelled, query.uncounted());
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<SystemLookup>> SystemLookup::Open(
    const SystemLookupOptions& options, Witness* witness) {
  if (options.window <= milliseconds(0) ||
      options.window > UdpCapture::kMaxWindow) {
    return absl::InvalidArgumentError("window must be 1 ms to 10 minutes");
  }
  if (absl::Status started = StartCares(); !started.ok()) return started;
  std::vector<net::Endpoint> servers = options.servers;
  if (servers.empty()) {
    auto channel = OpenCaresChannel();
    if (!channel.ok()) return channel.status();
    servers = ServersOf(channel->get());
  }
  return std::make_unique<CaresLookup>(options.window, std::move(servers),
                                       witness);
}

}  // namespace taster::capture
