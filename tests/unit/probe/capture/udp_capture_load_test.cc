// SPDX-License-Identifier: Apache-2.0
// Floods, spoofers and full tables.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

#include "tests/unit/probe/capture/udp_capture_fixture.h"

namespace taster::capture {
namespace {

// Resident memory of this process (proc(5)).
long ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  long total = 0;
  long resident = 0;
  file >> total >> resident;
  return resident * 4096;
}

TEST_F(UdpCaptureTest, OfTenThousandRepliesEightAreKept) {
  Open(milliseconds(3000));
  const auto query =
      Ask(1, QuestionTo(server_.endpoint(), "flood.example"), &server_);
  const Bytes reply = AnswerTo(query.message, 1);
  const long before = ResidentBytes();
  for (int i = 0; i < 10'000; ++i) {
    server_.Send(query.client, reply);
    if (i % 100 == 99) {
      ASSERT_TRUE(engine_->Run(milliseconds(0)).ok());
    }
  }
  EXPECT_LT(ResidentBytes() - before, 8 << 20);
  RunUntilClosed();
  EXPECT_EQ(witness_.queries[1].arrivals.size(), 8u);
  EXPECT_EQ(witness_.queries[1].uncounted, 9'992u);
  EXPECT_EQ(witness_.queries[1].outcome, Outcome::kResponse);
}

TEST_F(UdpCaptureTest, OfAHundredThousandSpoofedRepliesNoneIsAccepted) {
  Open(std::chrono::seconds(60), 4);
  const auto query =
      Ask(1, QuestionTo(server_.endpoint(), "spoof.example"), &server_);
  // Another query shows another port of the engine.
  auto port = query.client;
  for (Token token = 2; port == query.client; ++token) {
    port = Ask(token, QuestionTo(server_.endpoint(), "b.example"), &server_)
               .client;
  }
  const auto id =
      static_cast<std::uint16_t>(query.message[0] << 8 | query.message[1]);
  Bytes wrong = AnswerTo(query.message, 66);
  for (std::uint32_t i = 0; i < 100'000; ++i) {
    const bool wrong_port = i % 16 == 0;
    // Every other id at the right port; the right id at the wrong one.
    const auto guess =
        static_cast<std::uint16_t>(wrong_port ? id : id + 1 + i % 65'535);
    wrong[0] = static_cast<std::uint8_t>(guess >> 8);
    wrong[1] = static_cast<std::uint8_t>(guess);
    server_.Send(wrong_port ? port : query.client, wrong);
    if (i % 100 == 99) {
      ASSERT_TRUE(engine_->Run(milliseconds(0)).ok());
    }
  }
  while (engine_->unsolicited() < 99'990) {
    const auto seen = engine_->unsolicited();
    ASSERT_TRUE(engine_->Run(milliseconds(100)).ok());
    ASSERT_GT(engine_->unsolicited(), seen);
  }
  engine_->CancelAll();
  // A guess may meet another open query's id; its question differs.
  EXPECT_TRUE(witness_.queries[1].arrivals.empty());
  for (const auto& [token, kept] : witness_.queries) {
    for (const KeptArrival& arrival : kept.arrivals) {
      EXPECT_FALSE(arrival.told.matches);
    }
  }
}

TEST_F(UdpCaptureTest, WindowsCloseOnTimeUnderAFlood) {
  Open(milliseconds(300), 1);
  const auto query =
      Ask(1, QuestionTo(server_.endpoint(), "flood.example"), &server_);
  const Bytes reply = AnswerTo(query.message, 1);
  const auto start = std::chrono::steady_clock::now();
  while (engine_->open_queries() > 0) {
    for (int i = 0; i < 600; ++i) server_.Send(query.client, reply);
    ASSERT_TRUE(engine_->Run(milliseconds(0)).ok());
  }
  const auto took = std::chrono::steady_clock::now() - start;
  EXPECT_GE(took, milliseconds(300));
  EXPECT_LT(took, milliseconds(1500));
}

TEST_F(UdpCaptureTest, EveryIdOfEveryPortCanBeOpenAtOnce) {
  Open(std::chrono::seconds(60), 2);
  // Bound and never read: silence without ICMP.
  LoopbackServer silent;
  const Question question = QuestionTo(silent.endpoint(), "a.example");
  Token asked = 0;
  for (bool more = true; more;) {
    while (engine_->Ask(question, asked)) ++asked;
    const Token before = asked;
    ASSERT_TRUE(engine_->Run(milliseconds(0)).ok());
    more = engine_->Ask(question, asked);
    if (more) ++asked;
    ASSERT_LE(asked - before, 1u);
  }
  EXPECT_EQ(asked, 2u * 65'536);
  EXPECT_EQ(engine_->open_queries(), 2u * 65'536);
  engine_->CancelAll();
  EXPECT_EQ(engine_->open_queries(), 0u);
  std::size_t cancelled = 0;
  for (const auto& [token, kept] : witness_.queries) {
    cancelled += kept.closed_calls == 1 && kept.sent_calls == 1;
  }
  EXPECT_EQ(cancelled, 2u * 65'536);
  EXPECT_TRUE(engine_->Ask(question, 0));
}

// Asks 120 questions of some lengths and IP TTLs in one go, and compares what
// leaves with what the witness was told.
void AskInBulk(LoopbackServer* server) {
  RecordingWitness witness;
  auto engine = UdpCapture::Open(
      {.ports = 1, .window = milliseconds(300), .bulk = true}, &witness);
  ASSERT_TRUE(engine.ok());
  constexpr Token kCount = 120;
  for (Token token = 0; token < kCount; ++token) {
    const std::string label(1 + token % 7, 'a');
    Question question =
        QuestionTo(server->endpoint(), (label + ".example").c_str());
    if (token % 5 == 0) question.ip_ttl = 9;
    ASSERT_TRUE((*engine)->Ask(question, token));
  }
  ASSERT_TRUE((*engine)->Run(milliseconds(0)).ok());
  std::multiset<Bytes> received;
  for (Token i = 0; i < kCount; ++i) {
    const auto query = server->Receive();
    ASSERT_TRUE(query.has_value());
    received.insert(query->message);
    server->Send(query->client, AnswerTo(query->message, 1));
  }
  while ((*engine)->open_queries() > 0) {
    ASSERT_TRUE((*engine)->Run(milliseconds(50)).ok());
  }
  std::multiset<Bytes> told;
  for (const auto& [token, kept] : witness.queries) {
    told.insert(kept.query);
    EXPECT_EQ(kept.sent_calls, 1);
    EXPECT_EQ(kept.outcome, Outcome::kResponse) << token;
  }
  EXPECT_EQ(received, told);
}

TEST(UdpCaptureBulk, SendsEachQueryAsItsOwnDatagram) {
  LoopbackServer server;
  AskInBulk(&server);
}

TEST(UdpCaptureBulk, SendsEachQueryAsItsOwnDatagramOverIpv6) {
  LoopbackServer server(*net::IpAddress::Parse("::1"));
  AskInBulk(&server);
}

}  // namespace
}  // namespace taster::capture
