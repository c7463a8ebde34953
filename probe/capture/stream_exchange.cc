// SPDX-License-Identifier: Apache-2.0
// The phases of a connection, from the first SYN to the last word.
#include "probe/capture/stream_exchange.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

#include "probe/capture/icmp_error.h"
#include "probe/capture/stream_socket.h"
#include "probe/capture/testimony.h"

namespace taster::capture {
namespace {

// A peer that says more is not listened to any longer: eight of the longest
// messages fit.
constexpr std::uint64_t kMaxBytes = 1 << 20;
// In one pass, so that a peer that says much does not keep others waiting.
constexpr int kReadsAPass = 4;

}  // namespace

StreamExchange::StreamExchange(PreparedQuery prepared, const EchoMark* mark,
                               Witness* witness)
    : prepared_(std::move(prepared)), mark_(mark), witness_(witness) {}

void StreamExchange::Start(SSL_CTX* tls) {
  const Question& question = prepared_.question;
  started_ = Clock::now();
  if (question.transport != Transport::kTcp) {
    tls_ = TlsSession::Open(tls, question);
    if (!tls_) return Conclude(Outcome::kSendFailed);
  }
  if (question.service != Service::kDns) {
    talk_.emplace(question.service, AuthorityOf(question), question.contact);
  } else if (question.transport == Transport::kHttps) {
    http_ = HttpExchange::Open(question, prepared_.message);
    if (!http_) return Conclude(Outcome::kSendFailed);
  }
  const ClockReading reading = ClockReading::Take();
  started_ = reading.steady;
  fd_ = BeginToConnect(question.server, question.ip_ttl);
  if (!fd_) return Conclude(OutcomeOfSend(errno));
  if (talk_) TellSent(reading);
}

pollfd StreamExchange::Wanted() const {
  if (over() || facts_.bytes_received > kMaxBytes) return {-1, 0, 0};
  const bool connecting = facts_.phase == StreamPhase::kConnect;
  const int writing = connecting || !out_.empty() ? POLLOUT : 0;
  const int reading = connecting ? 0 : POLLIN;
  return {fd_.get(), static_cast<short>(reading | writing), 0};
}

void StreamExchange::Proceed() {
  if (!over() && facts_.phase == StreamPhase::kConnect) FinishConnecting();
  for (int i = 0; i < kReadsAPass && !over() && Receive(); ++i) {
  }
  if (!over()) Flush();
  if (!lost_) return;
  while (!over() && Receive()) {
  }
  Conclude(*lost_);
}

void StreamExchange::FinishConnecting() {
  const int error = TakeConnectError(fd_.get());
  TakeIcmpErrors();
  if (error == EINPROGRESS) return;
  const auto outcome = OutcomeOfStream(error);
  if (error != 0 && outcome != Outcome::kReset) return Conclude(outcome);
  connected_ = Clock::now();
  facts_.connect_time = Since(started_);
  if (error != 0) return Conclude(outcome);
  StopReportingIcmp(fd_.get());
  if (!tls_) return Ask();
  facts_.phase = StreamPhase::kHandshake;
  if (!InClear()) tls_->TakeOutput(&out_);
}

void StreamExchange::TakeIcmpErrors() {
  while (const auto error = TakeIcmpError(fd_.get())) {
    const auto arrival = ClockReading::Take().Arrival(error->stamp, started_);
    TellIcmp(&prepared_.open, *error,
             std::chrono::duration_cast<std::chrono::microseconds>(arrival -
                                                                   started_),
             witness_);
  }
}

bool StreamExchange::Receive() {
  if (facts_.phase == StreamPhase::kConnect ||
      facts_.bytes_received > kMaxBytes) {
    return false;
  }
  std::array<std::uint8_t, 16384> bytes;
  const ssize_t got = recv(fd_.get(), bytes.data(), bytes.size(), 0);
  if (got > 0) {
    TakeBytes(std::span(bytes).first(static_cast<std::size_t>(got)));
    return true;
  }
  if (got == 0) {
    Conclude(Outcome::kClosed);
  } else if (errno != EAGAIN && errno != EINTR) {
    Conclude(OutcomeOfStream(errno));
  }
  return false;
}

void StreamExchange::TakeBytes(std::span<const std::uint8_t> bytes) {
  if (!tls_) {
    facts_.bytes_received += bytes.size();
    return TakeAnswer(bytes);
  }
  const bool handshake = facts_.phase == StreamPhase::kHandshake;
  if (handshake) facts_.bytes_received += bytes.size();
  if (InClear()) bytes = TalkInClear(bytes);
  if (InClear()) return;
  tls_->Take(bytes);
  tls_->TakeOutput(&out_);
  std::vector<std::uint8_t> plain;
  tls_->TakePlain(&plain);
  const auto state = tls_->state();
  if (handshake && tls_->stood()) {
    facts_.handshake_time = Since(connected_);
    if (state == TlsSession::State::kEstablished) talk_ ? Enter() : Ask();
  }
  if (!plain.empty() && facts_.phase == StreamPhase::kExchange) {
    facts_.bytes_received += plain.size();
    TakeAnswer(plain);
  }
  ConcludeTls();
}

void StreamExchange::ConcludeTls() {
  switch (tls_->state()) {
    case TlsSession::State::kHandshake:
    case TlsSession::State::kEstablished:
      return;
    case TlsSession::State::kClosed:
      return Conclude(Outcome::kClosed);
    case TlsSession::State::kFailed:
      break;
  }
  if (tls_->chain().fault) return Conclude(Outcome::kCertificate);
  Conclude(tls_->alert() ? Outcome::kTlsAlert : Outcome::kTlsFailed);
}

void StreamExchange::Flush() {
  while (!out_.empty()) {
    const ssize_t sent =
        send(fd_.get(), out_.data(), out_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) {
      if (errno == EAGAIN || errno == EINTR) return;
      lost_ = OutcomeOfStream(errno);
      out_.clear();
      return;
    }
    out_.erase(out_.begin(), out_.begin() + sent);
  }
}

void StreamExchange::Conclude(Outcome outcome) {
  if (!outcome_) outcome_ = outcome;
}

void StreamExchange::Close(Outcome otherwise) {
  const OpenQuery& query = prepared_.open;
  Outcome outcome = outcome_.value_or(otherwise);
  if (fd_) {
    if (tls_) {
      facts_.tls_alert = tls_->alert();
      facts_.certificates = tls_->chain().certificates;
      facts_.certificate_fault = tls_->chain().fault;
      // Alerts of our own too, as any client would.
      tls_->Close();
      if (!InClear()) tls_->TakeOutput(&out_);
    }
    if (facts_.phase != StreamPhase::kConnect) Flush();
    fd_ = OwnedFd();
    witness_->OnStream(query.token, facts_);
  }
  if (query.matched) {
    outcome = Outcome::kResponse;
  } else if (query.icmp_error != 0 && outcome != Outcome::kCancelled &&
             !facts_.connect_time) {
    outcome = query.Conclude();
  }
  witness_->OnClosed(query.token, outcome, query.uncounted());
}

std::chrono::microseconds StreamExchange::Since(
    Clock::time_point moment) const {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() -
                                                               moment);
}

}  // namespace taster::capture
