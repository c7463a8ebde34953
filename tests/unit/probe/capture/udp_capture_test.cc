// SPDX-License-Identifier: Apache-2.0
// Replies to a query: which are kept, in what order, with what said of them.
#include "probe/capture/udp_capture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <chrono>

#include "tests/unit/probe/capture/udp_capture_fixture.h"

namespace taster::capture {
namespace {

TEST_F(UdpCaptureTest, KeepsThreeRepliesInOrder) {
  Open(milliseconds(200));
  const auto query =
      Ask(7, QuestionTo(server_.endpoint(), "www.example.com"), &server_);
  for (std::uint8_t i = 1; i <= 3; ++i) {
    server_.Send(query.client, AnswerTo(query.message, i));
  }
  RunUntilClosed();
  const KeptQuery& kept = witness_.queries[7];
  EXPECT_EQ(kept.sent_calls, 1);
  EXPECT_EQ(kept.query, query.message);
  EXPECT_EQ(kept.source_port, query.client.port);
  ASSERT_EQ(kept.arrivals.size(), 3u);
  auto before = std::chrono::microseconds(0);
  for (std::uint8_t i = 1; i <= 3; ++i) {
    const KeptArrival& arrival = kept.arrivals[i - 1];
    EXPECT_EQ(arrival.message.back(), i);
    EXPECT_TRUE(arrival.told.matches);
    EXPECT_EQ(arrival.told.source, server_.endpoint());
    EXPECT_EQ(arrival.told.original_size, arrival.message.size());
    EXPECT_EQ(arrival.told.ip_ttl, 64);
    EXPECT_GE(arrival.told.offset, before);
    EXPECT_LT(arrival.told.offset, milliseconds(200));
    before = arrival.told.offset;
  }
  EXPECT_EQ(kept.outcome, Outcome::kResponse);
  EXPECT_EQ(kept.closed_calls, 1);
  EXPECT_EQ(kept.uncounted, 0u);
}

TEST_F(UdpCaptureTest, OtherSourceIsKeptWithoutMatching) {
  Open(milliseconds(100));
  const auto query =
      Ask(1, QuestionTo(server_.endpoint(), "example.org"), &server_);
  LoopbackServer other(net::IpAddress::FromV4(0x7f000002));
  other.Send(query.client, AnswerTo(query.message, 9));
  RunUntilClosed();
  const KeptQuery& kept = witness_.queries[1];
  ASSERT_EQ(kept.arrivals.size(), 1u);
  EXPECT_FALSE(kept.arrivals[0].told.matches);
  EXPECT_EQ(kept.arrivals[0].told.source, other.endpoint());
  EXPECT_EQ(kept.outcome, Outcome::kTimeout);
}

TEST_F(UdpCaptureTest, MatchingIgnoresCaseAndNothingElse) {
  Open(milliseconds(100));
  const auto query =
      Ask(1, QuestionTo(server_.endpoint(), "mixed.example.org"), &server_);
  Bytes upper = AnswerTo(query.message, 1);
  std::transform(upper.begin() + 12, upper.begin() + 31, upper.begin() + 12,
                 [](std::uint8_t c) {
                   return static_cast<std::uint8_t>(std::toupper(c));
                 });
  Bytes other_name = AnswerTo(query.message, 2);
  other_name[13] = 'x';
  Bytes other_type = AnswerTo(query.message, 3);
  other_type[other_type.size() - 16 - 3] = 28;
  Bytes no_response = AnswerTo(query.message, 4);
  no_response[2] &= 0x7f;
  for (const Bytes& reply : {upper, other_name, other_type, no_response}) {
    server_.Send(query.client, reply);
  }
  RunUntilClosed();
  const auto& arrivals = witness_.queries[1].arrivals;
  ASSERT_EQ(arrivals.size(), 4u);
  EXPECT_TRUE(arrivals[0].told.matches);
  EXPECT_FALSE(arrivals[1].told.matches);
  EXPECT_FALSE(arrivals[2].told.matches);
  EXPECT_FALSE(arrivals[3].told.matches);
}

TEST_F(UdpCaptureTest, WrongIdAndShortDatagramsAreUnsolicited) {
  Open(milliseconds(100), 1);
  const auto query =
      Ask(1, QuestionTo(server_.endpoint(), "example.org"), &server_);
  Bytes reply = AnswerTo(query.message, 1);
  reply[0] ^= 0x55;
  server_.Send(query.client, reply);
  server_.Send(query.client, {});
  server_.Send(query.client, Bytes{1});
  RunUntilClosed();
  EXPECT_EQ(engine_->unsolicited(), 3u);
  EXPECT_TRUE(witness_.queries[1].arrivals.empty());
  EXPECT_EQ(witness_.queries[1].outcome, Outcome::kTimeout);
}

TEST_F(UdpCaptureTest, LongDatagramsAreCutAndTheirSizeKept) {
  Open(milliseconds(100));
  const auto query =
      Ask(1, QuestionTo(server_.endpoint(), "example.org"), &server_);
  Bytes reply = AnswerTo(query.message, 1);
  reply.resize(9000);
  server_.Send(query.client, reply);
  Bytes tiny = {query.message[0], query.message[1]};
  server_.Send(query.client, tiny);
  RunUntilClosed();
  const auto& arrivals = witness_.queries[1].arrivals;
  ASSERT_EQ(arrivals.size(), 2u);
  EXPECT_EQ(arrivals[0].message.size(), 4096u);
  EXPECT_EQ(arrivals[0].told.original_size, 9000u);
  EXPECT_EQ(arrivals[1].message, tiny);
  EXPECT_FALSE(arrivals[1].told.matches);
}

TEST_F(UdpCaptureTest, WindowClosesOnTimeAndLateRepliesAreNotKept) {
  Open(milliseconds(150), 1);
  const auto start = std::chrono::steady_clock::now();
  const auto query =
      Ask(1, QuestionTo(server_.endpoint(), "example.org"), &server_);
  RunUntilClosed();
  const auto took = std::chrono::steady_clock::now() - start;
  EXPECT_GE(took, milliseconds(150));
  EXPECT_LT(took, milliseconds(400));
  server_.Send(query.client, AnswerTo(query.message, 1));
  ASSERT_TRUE(engine_->Run(milliseconds(20)).ok());
  EXPECT_EQ(witness_.queries[1].outcome, Outcome::kTimeout);
  EXPECT_TRUE(witness_.queries[1].arrivals.empty());
  EXPECT_EQ(engine_->unsolicited(), 1u);
}

TEST_F(UdpCaptureTest, Ipv6) {
  const auto loopback = net::IpAddress::Parse("::1");
  LoopbackServer server(*loopback);
  Open(milliseconds(100));
  Question question = QuestionTo(server.endpoint(), "v6.example.org");
  const auto query = Ask(1, question, &server);
  server.Send(query.client, AnswerTo(query.message, 1));
  RunUntilClosed();
  const KeptQuery& kept = witness_.queries[1];
  ASSERT_EQ(kept.arrivals.size(), 1u);
  EXPECT_TRUE(kept.arrivals[0].told.matches);
  EXPECT_EQ(kept.arrivals[0].told.ip_ttl, 64);
  EXPECT_EQ(kept.arrivals[0].told.dont_fragment, std::nullopt);
  EXPECT_EQ(kept.arrivals[0].told.ip_id_zero, std::nullopt);
  EXPECT_EQ(kept.source_port, query.client.port);
}

TEST_F(UdpCaptureTest, CaseIsRandomOnlyWhereAsked) {
  Open(milliseconds(50));
  Question question =
      QuestionTo(server_.endpoint(), "a-rather-long-name-with-letters.example");
  question.randomise_case = false;
  const auto plain = Ask(1, question, &server_);
  question.randomise_case = true;
  const auto random = Ask(2, question, &server_);
  const auto is_upper = [](std::uint8_t c) { return c >= 'A' && c <= 'Z'; };
  EXPECT_TRUE(
      std::none_of(plain.message.begin() + 12, plain.message.end(), is_upper));
  EXPECT_TRUE(
      std::any_of(random.message.begin() + 12, random.message.end(), is_upper));
}

TEST_F(UdpCaptureTest, IpTtlIsSetForOneQuestionOnly) {
  Open(milliseconds(50), 1);
  Question question = QuestionTo(server_.endpoint(), "ttl.example");
  question.ip_ttl = 7;
  EXPECT_EQ(Ask(1, question, &server_).ip_ttl, 7);
  question.ip_ttl.reset();
  EXPECT_EQ(Ask(2, question, &server_).ip_ttl, 64);
  LoopbackServer six(*net::IpAddress::Parse("::1"));
  question.server = six.endpoint();
  question.ip_ttl = 9;
  EXPECT_EQ(Ask(3, question, &six).ip_ttl, 9);
}

TEST_F(UdpCaptureTest, WhatCannotBeSentClosesWithoutSent) {
  auto engine = UdpCapture::Open(
      {.ports = 1, .window = milliseconds(50), .ipv6 = false}, &witness_);
  ASSERT_TRUE(engine.ok());
  engine_ = *std::move(engine);
  const auto v6 = net::Endpoint::Parse("[::1]:53", 53);
  const auto no_port = net::Endpoint::Parse("127.0.0.1:0", 0);
  const auto broadcast = net::Endpoint::Parse("255.255.255.255:53", 53);
  ASSERT_TRUE(engine_->Ask(QuestionTo(*v6, "a.example"), 1));
  ASSERT_TRUE(engine_->Ask(
      QuestionTo(no_port.value_or(net::Endpoint{}), "b.example"), 2));
  ASSERT_TRUE(engine_->Ask(QuestionTo(*broadcast, "c.example"), 3));
  ASSERT_TRUE(engine_->Ask(QuestionTo(server_.endpoint(), "d.example"), 4));
  RunUntilClosed();
  EXPECT_EQ(witness_.queries[1].outcome, Outcome::kNetworkUnreachable);
  EXPECT_EQ(witness_.queries[2].outcome, Outcome::kSendFailed);
  EXPECT_EQ(witness_.queries[3].outcome, Outcome::kSendFailed);
  for (const Token token : {1u, 2u, 3u}) {
    EXPECT_EQ(witness_.queries[token].sent_calls, 0);
    EXPECT_EQ(witness_.queries[token].closed_calls, 1);
  }
  EXPECT_EQ(witness_.queries[4].sent_calls, 1);
  EXPECT_EQ(witness_.queries[4].outcome, Outcome::kTimeout);
}

TEST_F(UdpCaptureTest, CancelAllClosesEverythingOnce) {
  Open(std::chrono::seconds(60));
  Ask(1, QuestionTo(server_.endpoint(), "sent.example"), &server_);
  ASSERT_TRUE(
      engine_->Ask(QuestionTo(server_.endpoint(), "queued.example"), 2));
  EXPECT_EQ(engine_->open_queries(), 2u);
  engine_->CancelAll();
  EXPECT_EQ(engine_->open_queries(), 0u);
  EXPECT_EQ(witness_.queries[1].outcome, Outcome::kCancelled);
  EXPECT_EQ(witness_.queries[2].outcome, Outcome::kCancelled);
  EXPECT_EQ(witness_.queries[2].sent_calls, 0);
  ASSERT_TRUE(engine_->Run(milliseconds(0)).ok());
  EXPECT_EQ(witness_.queries[1].closed_calls, 1);
  EXPECT_EQ(witness_.queries[2].sent_calls, 0);
}

TEST_F(UdpCaptureTest, ClosesItsSockets) {
  const int before = CountOpenFds();
  Open(milliseconds(50), 4);
  EXPECT_GE(CountOpenFds(), before + 4 * 4);
  engine_.reset();
  EXPECT_EQ(CountOpenFds(), before);
}

TEST(UdpCaptureOptions, AreChecked) {
  RecordingWitness witness;
  EXPECT_FALSE(UdpCapture::Open({.ports = 0}, &witness).ok());
  EXPECT_FALSE(UdpCapture::Open({.ports = 65}, &witness).ok());
  EXPECT_FALSE(UdpCapture::Open({.window = milliseconds(0)}, &witness).ok());
}

}  // namespace
}  // namespace taster::capture
