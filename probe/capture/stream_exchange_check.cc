// SPDX-License-Identifier: Apache-2.0
// A check: the words before TLS and inside it.
#include "probe/capture/stream_exchange.h"
#include "proto/net/bytes_of.h"

namespace taster::capture {

bool StreamExchange::InClear() const {
  return talk_ && (talk_->state() == EndpointTalk::State::kClear ||
                   talk_->state() == EndpointTalk::State::kNoTls);
}

std::span<const std::uint8_t> StreamExchange::TalkInClear(
    std::span<const std::uint8_t> bytes) {
  std::string words;
  const std::size_t taken = talk_->Take(bytes, &words);
  out_.insert(out_.end(), words.begin(), words.end());
  if (talk_->state() == EndpointTalk::State::kNoTls) {
    Conclude(Outcome::kTlsFailed);
  } else if (talk_->state() == EndpointTalk::State::kTls) {
    tls_->TakeOutput(&out_);
  }
  return bytes.subspan(taken);
}

void StreamExchange::Enter() {
  facts_.phase = StreamPhase::kExchange;
  facts_.bytes_received = 0;
  std::string words;
  talk_->Enter(&words);
  Encrypt(net::BytesOf(words));
  if (talk_->state() == EndpointTalk::State::kServed) {
    Conclude(Outcome::kServed);
  }
}

void StreamExchange::TakeTalk(std::span<const std::uint8_t> plain) {
  std::string words;
  talk_->Take(plain, &words);
  Encrypt(net::BytesOf(words));
  facts_.http_status = talk_->http_status();
  facts_.redirect_host = talk_->redirect_host();
  if (talk_->state() == EndpointTalk::State::kServed) {
    Conclude(Outcome::kServed);
  } else if (talk_->state() == EndpointTalk::State::kNonsense &&
             prepared_.question.transport == Transport::kHttps) {
    Conclude(Outcome::kHttp);
  }
}

}  // namespace taster::capture
