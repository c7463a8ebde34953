// SPDX-License-Identifier: Apache-2.0
// Any bytes as what a peer says over TCP or TLS, and as what it says over
// HTTP/2.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "probe/capture/http_exchange.h"
#include "probe/capture/message_framer.h"

namespace taster::capture {
namespace {

using Bytes = std::span<const std::uint8_t>;

void Require(bool holds) {
  if (!holds) std::abort();
}

// The messages do not depend on how the stream was cut, and hold no byte that
// was not in it.
void CheckFramer(Bytes stream) {
  std::vector<StreamMessage> at_once;
  MessageFramer framer;
  framer.Take(stream, &at_once);
  std::vector<StreamMessage> bytewise;
  MessageFramer slow;
  for (const std::uint8_t& byte : stream) slow.Take(Bytes(&byte, 1), &bytewise);
  Require(at_once.size() == bytewise.size());
  std::size_t at = 0;
  for (std::size_t i = 0; i < at_once.size(); ++i) {
    const StreamMessage& message = at_once[i];
    Require(message.kept == bytewise[i].kept &&
            message.size == bytewise[i].size);
    Require(message.kept.size() ==
            std::min<std::size_t>(message.size, MessageFramer::kKeptBytes));
    Require(at + 2 + message.size <= stream.size());
    Require(std::ranges::equal(message.kept,
                               stream.subspan(at + 2, message.kept.size())));
    at += 2 + message.size;
  }
}

void CheckHttp(Bytes stream) {
  static constexpr std::array<std::uint8_t, 17> kQuery = {0, 0, 1, 0, 0, 1};
  Question question;
  question.tls_name = "dns.example";
  question.http_path = "/dns-query";
  const auto exchange = HttpExchange::Open(question, kQuery);
  Require(exchange != nullptr);
  std::vector<std::uint8_t> out;
  exchange->TakeOutput(&out);
  const std::size_t half = stream.size() / 2;
  exchange->Take(stream.first(half), &out);
  exchange->Take(stream.subspan(half), &out);
  const StreamMessage& body = exchange->body();
  Require(body.kept.size() <= MessageFramer::kKeptBytes);
  if (exchange->state() != HttpExchange::State::kAnswered) return;
  Require(exchange->status() == 200 && body.size <= 65535);
}

}  // namespace
}  // namespace taster::capture

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace taster::capture;
  CheckFramer({data, size});
  CheckHttp({data, size});
  return 0;
}
