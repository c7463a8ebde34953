// SPDX-License-Identifier: Apache-2.0
// The connections that are open, and the pass that Run makes over them.
#include "probe/capture/stream_lookup.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "probe/capture/certificate_check.h"
#include "probe/capture/query_writer.h"
#include "probe/capture/stream_exchange.h"
#include "probe/capture/udp_capture.h"

namespace taster::capture {
namespace {

using std::chrono::milliseconds;

bool IsVisible(char c) { return c > 0x20 && c < 0x7f; }

bool CanBeAsked(const Question& question) {
  if (question.transport == Transport::kUdp || question.server.port == 0) {
    return false;
  }
  if (question.service != Service::kDns) {
    // Only the web, and only as HTTPS, is asked by HTTP; nobody without a name
    // has a client.
    return question.transport != Transport::kTcp &&
           (question.service == Service::kHttps) ==
               (question.transport == Transport::kHttps) &&
           dns::Name::Parse(question.tls_name).has_value() &&
           std::ranges::all_of(question.tls_name, IsVisible);
  }
  if (question.transport != Transport::kHttps) return true;
  // RFC 3986: visible ASCII; what else would end up in a header.
  const std::string& path = question.http_path;
  return path.starts_with('/') && std::ranges::all_of(path, IsVisible);
}

class ConnectionLookup final : public StreamLookup {
 public:
  ConnectionLookup(milliseconds window, SslContext tls, Witness* witness)
      : window_(window), tls_(std::move(tls)), witness_(witness) {}

  bool Ask(const Question& question, Token token) override {
    if (open_queries() >= kMaxOpen) return false;
    queued_.push_back({question, token});
    return true;
  }
  absl::Status Run(milliseconds patience) override;
  std::size_t open_queries() const override {
    return queued_.size() + open_.size();
  }
  void CancelAll() override;

 private:
  struct Queued {
    Question question;
    Token token;
  };

  void Start(const Queued& queued);
  void CloseOver();
  int TimeToWait(milliseconds patience) const;

  milliseconds window_;
  SslContext tls_;
  Witness* witness_;
  RandomSource random_;
  EchoMark mark_{&random_};
  QueryWriter writer_;
  std::vector<Queued> queued_;
  std::vector<std::unique_ptr<StreamExchange>> open_;  // In order of starting.
};

void ConnectionLookup::Start(const Queued& queued) {
  const Question& question = queued.question;
  std::array<std::uint8_t, dns::QueryTemplate::kMaxQueryBytes> bytes;
  // RFC 8484 section 4.1: 0, for caches. Nobody answers a check's.
  const bool no_id = question.transport == Transport::kHttps ||
                     question.service != Service::kDns;
  const auto id = static_cast<std::uint16_t>(no_id ? 0 : random_.Next32());
  const std::size_t size = writer_.Write(question, id, &random_, bytes);
  if (size == 0 || !CanBeAsked(question)) {
    witness_->OnClosed(queued.token, Outcome::kSendFailed, 0);
    return;
  }
  PreparedQuery prepared;
  prepared.question = question;
  prepared.message.assign(bytes.begin(), bytes.begin() + size);
  prepared.open.token = queued.token;
  prepared.open.id = id;
  prepared.open.server_mark = mark_.OfServer(question.server);
  prepared.open.question_mark =
      mark_.OfQuestion(question.qname.wire(), question.shape.qtype);
  auto exchange =
      std::make_unique<StreamExchange>(std::move(prepared), &mark_, witness_);
  exchange->Start(tls_.get());
  if (exchange->over()) {
    exchange->Close(Outcome::kSendFailed);
  } else {
    open_.push_back(std::move(exchange));
  }
}

absl::Status ConnectionLookup::Run(milliseconds patience) {
  for (const Queued& queued : std::exchange(queued_, {})) Start(queued);
  std::vector<pollfd> wanted;
  wanted.reserve(open_.size());
  for (const auto& exchange : open_) wanted.push_back(exchange->Wanted());
  const int ready = poll(wanted.data(), wanted.size(), TimeToWait(patience));
  if (ready < 0 && errno != EINTR) {
    return absl::InternalError(std::string("wait for connections: ") +
                               std::strerror(errno));
  }
  for (std::size_t i = 0; ready > 0 && i < wanted.size(); ++i) {
    if (wanted[i].revents != 0) open_[i]->Proceed();
  }
  CloseOver();
  return absl::OkStatus();
}

void ConnectionLookup::CloseOver() {
  const auto now = std::chrono::steady_clock::now();
  const auto done = std::stable_partition(
      open_.begin(), open_.end(), [&](const auto& exchange) {
        return !exchange->over() && now - exchange->started() < window_;
      });
  std::vector<std::unique_ptr<StreamExchange>> closing(
      std::make_move_iterator(done), std::make_move_iterator(open_.end()));
  open_.erase(done, open_.end());
  for (const auto& exchange : closing) exchange->Close(Outcome::kTimeout);
}

int ConnectionLookup::TimeToWait(milliseconds patience) const {
  auto wait = std::clamp(patience, milliseconds(0), milliseconds(3'600'000));
  // The witness may have asked while others were closed.
  if (!queued_.empty()) return 0;
  if (!open_.empty()) {
    const auto left =
        open_.front()->started() + window_ - std::chrono::steady_clock::now();
    wait = std::clamp(std::chrono::ceil<milliseconds>(left), milliseconds(0),
                      wait);
  }
  return static_cast<int>(wait.count());
}

void ConnectionLookup::CancelAll() {
  for (const Queued& queued : std::exchange(queued_, {})) {
    witness_->OnClosed(queued.token, Outcome::kCancelled, 0);
  }
  for (const auto& exchange : std::exchange(open_, {})) {
    exchange->Close(Outcome::kCancelled);
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<StreamLookup>> StreamLookup::Open(
    const StreamLookupOptions& options, Witness* witness) {
  if (options.window <= milliseconds(0) ||
      options.window > UdpCapture::kMaxWindow) {
    return absl::InvalidArgumentError("window must be 1 ms to 10 minutes");
  }
  auto tls = OpenSslContext(options.ca_file);
  if (!tls.ok()) return tls.status();
  return std::make_unique<ConnectionLookup>(options.window, *std::move(tls),
                                            witness);
}

}  // namespace taster::capture
