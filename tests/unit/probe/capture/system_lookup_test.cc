// SPDX-License-Identifier: Apache-2.0
// Lookups through c-ares: what comes after its first answer is kept too.
#include "probe/capture/system_lookup.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "tests/unit/probe/capture/loopback_server.h"
#include "tests/unit/probe/capture/recording_witness.h"

namespace taster::capture {
namespace {

using std::chrono::milliseconds;

class SystemLookupTest : public testing::Test {
 protected:
  void SetUp() override {
    auto lookup = SystemLookup::Open(
        {.window = milliseconds(200), .servers = {server_.endpoint()}},
        &witness_);
    ASSERT_TRUE(lookup.ok()) << lookup.status();
    lookup_ = *std::move(lookup);
  }
  ReceivedQuery Ask(const Question& question) {
    EXPECT_TRUE(lookup_->Ask(question, 1));
    EXPECT_TRUE(lookup_->Run(milliseconds(0)).ok());
    return server_.Receive().value_or(ReceivedQuery{});
  }
  void RunUntilClosed() {
    const auto start = std::chrono::steady_clock::now();
    while (lookup_->open_queries() > 0) {
      ASSERT_TRUE(lookup_->Run(milliseconds(20)).ok());
      ASSERT_LT(std::chrono::steady_clock::now() - start,
                std::chrono::seconds(10));
    }
  }

  LoopbackServer server_;
  RecordingWitness witness_;
  std::unique_ptr<SystemLookup> lookup_;
};

TEST_F(SystemLookupTest, KeepsTheSecondReply) {
  const auto query = Ask(QuestionTo(server_.endpoint(), "www.example.com"));
  ASSERT_FALSE(query.message.empty());
  server_.Send(query.client, AnswerTo(query.message, 1));
  ASSERT_TRUE(lookup_->Run(milliseconds(20)).ok());
  // c-ares has its answer by now.
  LoopbackServer other(net::IpAddress::FromV4(0x7f000003));
  other.Send(query.client, AnswerTo(query.message, 2));
  server_.Send(query.client, AnswerTo(query.message, 3));
  RunUntilClosed();
  const KeptQuery& kept = witness_.queries[1];
  EXPECT_EQ(kept.sent_calls, 1);
  EXPECT_EQ(kept.query, query.message);
  EXPECT_EQ(kept.source_port, query.client.port);
  ASSERT_EQ(kept.arrivals.size(), 3u);
  EXPECT_TRUE(kept.arrivals[0].told.matches);
  EXPECT_FALSE(kept.arrivals[1].told.matches);
  EXPECT_EQ(kept.arrivals[1].told.source, other.endpoint());
  EXPECT_TRUE(kept.arrivals[2].told.matches);
  EXPECT_EQ(kept.arrivals[2].message.back(), 3);
  EXPECT_EQ(kept.arrivals[2].told.ip_ttl, 64);
  // Linux sets DF on a datagram of path-MTU-discovering sockets, and then
  // may leave the identification at zero.
  EXPECT_TRUE(kept.arrivals[2].told.dont_fragment.has_value());
  EXPECT_TRUE(kept.arrivals[2].told.ip_id_zero.has_value());
  EXPECT_EQ(kept.outcome, Outcome::kResponse);
  EXPECT_EQ(kept.closed_calls, 1);
}

TEST_F(SystemLookupTest, EightRepliesAreKeptAndTheRestCounted) {
  const auto query = Ask(QuestionTo(server_.endpoint(), "www.example.com"));
  for (int i = 0; i < 100; ++i) {
    server_.Send(query.client, AnswerTo(query.message, 1));
  }
  RunUntilClosed();
  EXPECT_EQ(witness_.queries[1].arrivals.size(), 8u);
  EXPECT_EQ(witness_.queries[1].uncounted, 92u);
}

TEST_F(SystemLookupTest, TruncatedResponseIsNotAskedAgainOverTcp) {
  const auto query = Ask(QuestionTo(server_.endpoint(), "www.example.com"));
  Bytes truncated = AnswerTo(query.message, 1);
  truncated[2] |= 0x02;  // TC
  server_.Send(query.client, truncated);
  server_.Send(query.client, {});
  server_.Send(query.client, Bytes(3000, 0xff));
  RunUntilClosed();
  const KeptQuery& kept = witness_.queries[1];
  EXPECT_EQ(kept.sent_calls, 1);
  ASSERT_EQ(kept.arrivals.size(), 1u);
  EXPECT_EQ(kept.arrivals[0].message, truncated);
}

TEST_F(SystemLookupTest, PortZeroMeansTheFirstServer) {
  const auto query = Ask(QuestionTo({}, "default.example.com"));
  EXPECT_FALSE(query.message.empty());
  RunUntilClosed();
  EXPECT_EQ(witness_.queries[1].outcome, Outcome::kTimeout);
}

TEST_F(SystemLookupTest, ClosedPortIsSaidByIcmp) {
  net::Endpoint closed;
  {
    LoopbackServer gone;
    closed = gone.endpoint();
  }
  ASSERT_TRUE(lookup_->Ask(QuestionTo(closed, "www.example.com"), 1));
  RunUntilClosed();
  const KeptQuery& kept = witness_.queries[1];
  EXPECT_EQ(kept.outcome, Outcome::kPortUnreachable);
  ASSERT_EQ(kept.icmp.size(), 1u);
  EXPECT_EQ(kept.icmp[0].offender, closed.address);
  EXPECT_EQ(kept.icmp[0].type, 3);
  EXPECT_EQ(kept.icmp[0].code, 3);
}

TEST_F(SystemLookupTest, CancelAllAndTheLimit) {
  const Question question = QuestionTo(server_.endpoint(), "a.example");
  for (Token i = 0; i < SystemLookup::kMaxOpen; ++i) {
    ASSERT_TRUE(lookup_->Ask(question, i));
    if (i == 10) {
      ASSERT_TRUE(lookup_->Run(milliseconds(0)).ok());
    }
  }
  EXPECT_FALSE(lookup_->Ask(question, 9999));
  lookup_->CancelAll();
  EXPECT_EQ(lookup_->open_queries(), 0u);
  EXPECT_EQ(witness_.queries.size(), SystemLookup::kMaxOpen);
  for (const auto& [token, kept] : witness_.queries) {
    EXPECT_EQ(kept.outcome, Outcome::kCancelled);
  }
}

TEST(SystemLookupServers, AreThoseOfTheSystem) {
  RecordingWitness witness;
  auto lookup = SystemLookup::Open({}, &witness);
  ASSERT_TRUE(lookup.ok());
  for (const net::Endpoint& server : (*lookup)->servers()) {
    EXPECT_NE(server.port, 0);
  }
}

}  // namespace
}  // namespace taster::capture
