// SPDX-License-Identifier: Apache-2.0
// The question as it leaves, and what the peer says in answer.
#include <utility>

#include "probe/capture/stream_exchange.h"
#include "probe/capture/stream_socket.h"
#include "probe/capture/testimony.h"

namespace taster::capture {

void StreamExchange::Ask() {
  if (http_ && !tls_->agreed_http2()) return Conclude(Outcome::kHttp);
  if (http_) {
    std::vector<std::uint8_t> request;
    http_->TakeOutput(&request);
    Encrypt(request);
  } else {
    const std::size_t size = prepared_.message.size();
    std::vector<std::uint8_t> framed{static_cast<std::uint8_t>(size >> 8),
                                     static_cast<std::uint8_t>(size & 0xff)};
    framed.insert(framed.end(), prepared_.message.begin(),
                  prepared_.message.end());
    Encrypt(framed);
  }
  const ClockReading reading = ClockReading::Take();
  Flush();
  if (lost_) return;
  asked_ = reading.steady;
  facts_.phase = StreamPhase::kExchange;
  facts_.bytes_received = 0;
  TellSent(reading);
}

void StreamExchange::TellSent(const ClockReading& reading) {
  Sent sent;
  sent.query = prepared_.message;
  sent.source_port = LocalPort(fd_.get());
  sent.time = std::chrono::floor<std::chrono::microseconds>(reading.wall);
  witness_->OnSent(prepared_.open.token, sent);
}

void StreamExchange::Encrypt(std::span<const std::uint8_t> plain) {
  if (!tls_) {
    out_.insert(out_.end(), plain.begin(), plain.end());
  } else if (!plain.empty()) {
    tls_->Write(plain);
    tls_->TakeOutput(&out_);
  }
}

void StreamExchange::TakeAnswer(std::span<const std::uint8_t> plain) {
  if (talk_) return TakeTalk(plain);
  if (http_) return TakeHttp(plain);
  std::vector<StreamMessage> whole;
  framer_.Take(plain, &whole);
  for (const StreamMessage& message : whole) TellMessage(message);
  if (prepared_.open.matched) Conclude(Outcome::kResponse);
}

void StreamExchange::TakeHttp(std::span<const std::uint8_t> plain) {
  if (http_->state() != HttpExchange::State::kWaiting) return;
  std::vector<std::uint8_t> reaction;
  const auto state = http_->Take(plain, &reaction);
  Encrypt(reaction);
  facts_.http_status = http_->status();
  if (state == HttpExchange::State::kOther) Conclude(Outcome::kHttp);
  if (state == HttpExchange::State::kAbandoned) Conclude(Outcome::kClosed);
  if (state != HttpExchange::State::kAnswered) return;
  const auto& body = http_->body();
  // RFC 1035 section 4.1.1: a header, and QR set.
  if (body.kept.size() < 12 || (body.kept[2] & 0x80) == 0) {
    return Conclude(Outcome::kHttp);
  }
  TellMessage(body);
  if (prepared_.open.matched) Conclude(Outcome::kResponse);
}

void StreamExchange::TellMessage(const StreamMessage& message) {
  // Too short to carry an id, as over UDP.
  if (message.kept.size() < 2) return;
  OpenQuery& query = prepared_.open;
  Arrived arrived;
  arrived.message = message.kept;
  arrived.original_size = message.size;
  arrived.offset = Since(asked_);
  arrived.source = prepared_.question.server;
  const auto id =
      static_cast<std::uint16_t>(message.kept[0] << 8 | message.kept[1]);
  OpenQuery expecting = query;
  // No answer to this question: it is told as one that does not match.
  if (id != query.id) expecting.question_mark = ~query.question_mark;
  TellArrived(&expecting, *mark_, arrived, witness_);
  query.datagrams = expecting.datagrams;
  query.matched = expecting.matched;
}

}  // namespace taster::capture
