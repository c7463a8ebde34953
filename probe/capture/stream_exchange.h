// SPDX-License-Identifier: Apache-2.0
// One question, or one check, over one connection: connect, agree on TLS, ask,
// keep what is said.
#pragma once

#include <poll.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "probe/capture/clock_reading.h"
#include "probe/capture/echo_mark.h"
#include "probe/capture/endpoint_talk.h"
#include "probe/capture/http_exchange.h"
#include "probe/capture/message_framer.h"
#include "probe/capture/open_query.h"
#include "probe/capture/owned_fd.h"
#include "probe/capture/question.h"
#include "probe/capture/tls_session.h"
#include "probe/capture/witness.h"

namespace taster::capture {

// The bytes of a question and what recognises its answer. Those of a check say
// what it is about, and are not sent.
struct PreparedQuery {
  Question question;
  std::vector<std::uint8_t> message;
  OpenQuery open;
};

class StreamExchange {
 public:
  using Clock = std::chrono::steady_clock;

  // `mark` and `witness` outlive it.
  StreamExchange(PreparedQuery prepared, const EchoMark* mark,
                 Witness* witness);
  StreamExchange(const StreamExchange&) = delete;
  StreamExchange& operator=(const StreamExchange&) = delete;

  // Begins to connect. `tls` is of use to TLS and HTTPS only.
  void Start(SSL_CTX* tls);
  // What to wait for; a descriptor below 0 waits for nothing.
  pollfd Wanted() const;
  // Goes on as far as the connection lets it without waiting.
  void Proceed();
  // Nothing more will come of it.
  bool over() const { return outcome_.has_value(); }
  Clock::time_point started() const { return started_; }
  // Ends the connection and tells the witness what came of it; `otherwise`
  // unless it is over. Nothing may be done with it afterwards.
  void Close(Outcome otherwise);

 private:
  void FinishConnecting();
  void TakeIcmpErrors();
  // Tells what left, and when.
  void TellSent(const ClockReading& reading);
  // Takes the peer's next bytes; false when there are none now.
  bool Receive();
  void TakeBytes(std::span<const std::uint8_t> bytes);
  // Sends the question. The only place that does.
  void Ask();
  // TLS stands: begins with what a check says within it.
  void Enter();
  // TLS has not begun: nothing of it may leave.
  bool InClear() const;
  // What the peer says to a check in clear; returns what is for TLS.
  std::span<const std::uint8_t> TalkInClear(
      std::span<const std::uint8_t> bytes);
  void TakeTalk(std::span<const std::uint8_t> plain);
  void Encrypt(std::span<const std::uint8_t> plain);
  // What the peer said in answer.
  void TakeAnswer(std::span<const std::uint8_t> plain);
  void TakeHttp(std::span<const std::uint8_t> plain);
  void TellMessage(const StreamMessage& message);
  void ConcludeTls();
  void Flush();
  void Conclude(Outcome outcome);
  std::chrono::microseconds Since(Clock::time_point moment) const;

  PreparedQuery prepared_;
  const EchoMark* mark_;
  Witness* witness_;
  OwnedFd fd_;
  StreamFacts facts_;
  Clock::time_point started_;    // The first SYN.
  Clock::time_point connected_;  // Since when the connection stands.
  Clock::time_point asked_;      // When the question left.
  std::unique_ptr<TlsSession> tls_;
  std::unique_ptr<HttpExchange> http_;
  std::optional<EndpointTalk> talk_;  // Of a check.
  MessageFramer framer_;
  std::vector<std::uint8_t> out_;  // To be sent.
  // Nothing can be sent any more; what has come may still be read.
  std::optional<Outcome> lost_;
  std::optional<Outcome> outcome_;
};

}  // namespace taster::capture
