// SPDX-License-Identifier: Apache-2.0
// The contract of asking and running, whatever the transport.
#include "probe/capture/stream_lookup.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <set>

#include "tests/unit/probe/capture/stream_fixture.h"

namespace taster::capture {
namespace {

void Answer(ScriptedConnection* connection) {
  connection->Send(Framed(AnswerTo(connection->ReceiveQuery(), 1)));
  connection->AwaitEnd();
}

TEST_F(StreamTest, ManyAtOnceEachWithAPortOfItsOwn) {
  // Answered only when all have asked: none waits for another.
  std::atomic<int> asked = 0;
  const ScriptedServer server([&](ScriptedConnection* connection) {
    const Bytes query = connection->ReceiveQuery();
    ++asked;
    while (asked < 200) std::this_thread::sleep_for(milliseconds(1));
    connection->Send(Framed(AnswerTo(query, 1)));
    connection->AwaitEnd();
  });
  Open(milliseconds(10'000));
  const Question question = StreamQuestion(Transport::kTcp, server.endpoint());
  for (Token token = 0; token < 200; ++token) {
    ASSERT_TRUE(lookup_->Ask(question, token));
  }
  RunUntilClosed();
  std::set<std::uint16_t> ports;
  std::set<Bytes> queries;
  for (const auto& [token, kept] : witness_.queries) {
    EXPECT_EQ(kept.outcome, Outcome::kResponse) << token;
    ports.insert(kept.source_port);
    queries.insert(kept.query);
  }
  EXPECT_EQ(ports.size(), 200u);
  // Ids and letter case are random.
  EXPECT_GT(queries.size(), 190u);
}

TEST_F(StreamTest, CancelAllAndTheLimit) {
  const ScriptedServer server(
      [](ScriptedConnection* connection) { connection->AwaitEnd(); });
  Open(milliseconds(10'000));
  const int before = CountOpenFds();
  const Question question = StreamQuestion(Transport::kTcp, server.endpoint());
  for (Token token = 0; token < StreamLookup::kMaxOpen; ++token) {
    ASSERT_TRUE(lookup_->Ask(question, token));
    if (token == 10) {
      ASSERT_TRUE(lookup_->Run(milliseconds(20)).ok());
    }
  }
  EXPECT_FALSE(lookup_->Ask(question, 9999));
  lookup_->CancelAll();
  EXPECT_EQ(lookup_->open_queries(), 0u);
  EXPECT_EQ(witness_.queries.size(), StreamLookup::kMaxOpen);
  for (const auto& [token, kept] : witness_.queries) {
    EXPECT_EQ(kept.outcome, Outcome::kCancelled);
    EXPECT_EQ(kept.stream.has_value(), token <= 10);
  }
  lookup_.reset();
  EXPECT_LE(CountOpenFds(), before + 11);  // The server's ends.
}

// Asks again from within the call that tells it of an end.
class AskingWitness final : public Witness {
 public:
  void OnSent(Token, const Sent&) override {}
  void OnArrived(Token, const Arrived&) override {}
  void OnIcmp(Token, const IcmpArrived&) override {}
  void OnStream(Token, const StreamFacts&) override {}
  void OnClosed(Token token, Outcome, std::uint32_t) override {
    ++closed;
    if (token > 0) lookup->Ask(question, token - 1);
  }

  StreamLookup* lookup = nullptr;
  Question question;
  int closed = 0;
};

TEST_F(StreamTest, WitnessMayAskAgain) {
  const ScriptedServer server(Answer);
  AskingWitness witness;
  auto opened =
      StreamLookup::Open({.ca_file = maker_.PathOf("ca.pem")}, &witness);
  ASSERT_TRUE(opened.ok());
  lookup_ = *std::move(opened);
  witness.lookup = lookup_.get();
  witness.question = StreamQuestion(Transport::kTcp, server.endpoint());
  lookup_->Ask(witness.question, 20);
  RunUntilClosed();
  EXPECT_EQ(witness.closed, 21);
}

TEST_F(StreamTest, WhatCannotBeAskedIsClosedAtOnce) {
  Open(milliseconds(1000));
  const net::Endpoint server{net::IpAddress::FromV4(0x7f000001), 9};
  Question udp = StreamQuestion(Transport::kUdp, server);
  Question no_path = StreamQuestion(Transport::kHttps, server, "dns.example");
  no_path.http_path.clear();
  Question split = no_path;
  split.http_path = "/dns-query HTTP/1.1\r\nx: y";
  Question no_port = StreamQuestion(Transport::kTcp, {server.address, 0});
  Question no_name =
      StreamQuestion(Transport::kTls, server, std::string("dns\0.example", 12));
  Token token = 0;
  for (const auto& question : {udp, no_path, split, no_port, no_name}) {
    ASSERT_TRUE(lookup_->Ask(question, token++));
  }
  ASSERT_TRUE(lookup_->Run(milliseconds(0)).ok());
  EXPECT_EQ(lookup_->open_queries(), 0u);
  EXPECT_EQ(witness_.queries.size(), 5u);
  for (const auto& [number, kept] : witness_.queries) {
    EXPECT_EQ(kept.outcome, Outcome::kSendFailed) << number;
    EXPECT_FALSE(kept.stream.has_value());
  }
}

TEST_F(StreamTest, Ipv6) {
  std::array<std::uint8_t, 16> loopback{};
  loopback[15] = 1;
  const auto address = net::IpAddress::FromV6(loopback);
  net::Endpoint unused;
  if (!Listen(1, &unused, address)) GTEST_SKIP() << "no IPv6 here";
  const ScriptedServer server(Answer, address);
  Question question = StreamQuestion(Transport::kTcp, server.endpoint());
  question.ip_ttl = 3;
  const KeptQuery& kept = AskAndWait(question);
  EXPECT_EQ(kept.outcome, Outcome::kResponse);
  EXPECT_GT(kept.source_port, 0);
  ASSERT_EQ(kept.arrivals.size(), 1u);
  EXPECT_EQ(kept.arrivals[0].told.source, server.endpoint());
}

TEST_F(StreamTest, AnswerIsReadThoughRunComesLate) {
  const ScriptedServer server(Answer);
  Open(milliseconds(100));
  lookup_->Ask(StreamQuestion(Transport::kTcp, server.endpoint()), 1);
  ASSERT_TRUE(lookup_->Run(milliseconds(0)).ok());
  // The question leaves when the connection is seen to stand.
  while (witness_.queries[1].sent_calls == 0 && lookup_->open_queries() > 0) {
    ASSERT_TRUE(lookup_->Run(milliseconds(1)).ok());
  }
  std::this_thread::sleep_for(milliseconds(200));
  ASSERT_TRUE(lookup_->Run(milliseconds(0)).ok());
  EXPECT_EQ(witness_.queries[1].outcome, Outcome::kResponse);
}

TEST_F(StreamTest, NoTrustedCertificatesNoLookup) {
  EXPECT_TRUE(absl::IsFailedPrecondition(
      StreamLookup::Open({.ca_file = "/nowhere/ca.pem"}, &witness_).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(
      StreamLookup::Open({.window = milliseconds(0)}, &witness_).status()));
}

}  // namespace
}  // namespace taster::capture
