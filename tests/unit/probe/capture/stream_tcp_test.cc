// SPDX-License-Identifier: Apache-2.0
// Questions over TCP, and each way in which a peer can spoil them.
#include <gtest/gtest.h>

#include "tests/unit/probe/capture/stream_fixture.h"

namespace taster::capture {
namespace {

class StreamTcpTest : public StreamTest {
 protected:
  // Asks a server that follows the script.
  const KeptQuery& AskScript(ScriptedServer::Script script,
                             milliseconds window = milliseconds(2000)) {
    const ScriptedServer server(std::move(script));
    endpoint_ = server.endpoint();
    return AskAndWait(StreamQuestion(Transport::kTcp, endpoint_), window);
  }

  net::Endpoint endpoint_;
};

TEST_F(StreamTcpTest, AnswerIsEvidence) {
  Bytes query;
  Bytes answer;
  const KeptQuery& kept = AskScript([&](ScriptedConnection* connection) {
    query = connection->ReceiveQuery();
    answer = AnswerTo(query, 1);
    connection->Send(Framed(answer));
    connection->AwaitEnd();
  });
  EXPECT_EQ(kept.outcome, Outcome::kResponse);
  EXPECT_EQ(kept.sent_calls, 1);
  EXPECT_EQ(kept.query, query);
  EXPECT_GT(kept.source_port, 0);
  ASSERT_EQ(kept.arrivals.size(), 1u);
  EXPECT_EQ(kept.arrivals[0].message, answer);
  EXPECT_EQ(kept.arrivals[0].told.original_size, answer.size());
  EXPECT_EQ(kept.arrivals[0].told.source, endpoint_);
  EXPECT_TRUE(kept.arrivals[0].told.matches);
  ASSERT_TRUE(kept.stream.has_value());
  EXPECT_EQ(kept.stream->phase, StreamPhase::kExchange);
  EXPECT_EQ(kept.stream->bytes_received, answer.size() + 2);
  EXPECT_TRUE(kept.stream->connect_time.has_value());
  EXPECT_FALSE(kept.stream->handshake_time.has_value());
  EXPECT_TRUE(kept.stream->certificates.empty());
}

TEST_F(StreamTcpTest, ManySmallSegmentsAreOneMessage) {
  const KeptQuery& kept = AskScript([](ScriptedConnection* connection) {
    for (const auto byte : Framed(AnswerTo(connection->ReceiveQuery(), 1))) {
      connection->Send({byte});
      std::this_thread::sleep_for(milliseconds(2));
    }
    connection->AwaitEnd();
  });
  EXPECT_EQ(kept.outcome, Outcome::kResponse);
  ASSERT_EQ(kept.arrivals.size(), 1u);
  EXPECT_TRUE(kept.arrivals[0].told.matches);
}

TEST_F(StreamTcpTest, EveryMessageOfASegmentIsKept) {
  const KeptQuery& kept = AskScript([](ScriptedConnection* connection) {
    const Bytes query = connection->ReceiveQuery();
    Bytes wrong_id = AnswerTo(query, 1);
    wrong_id[0] ^= 1;
    Bytes wrong_name = AnswerTo(query, 2);
    wrong_name[13] ^= 1;
    Bytes stream;
    for (const Bytes& message : {wrong_id, Bytes{}, wrong_name,
                                 AnswerTo(query, 3), AnswerTo(query, 4)}) {
      const Bytes framed = Framed(message);
      stream.insert(stream.end(), framed.begin(), framed.end());
    }
    connection->Send(stream);
    connection->AwaitEnd();
  });
  EXPECT_EQ(kept.outcome, Outcome::kResponse);
  ASSERT_EQ(kept.arrivals.size(), 4u);
  EXPECT_FALSE(kept.arrivals[0].told.matches);
  EXPECT_FALSE(kept.arrivals[1].told.matches);
  EXPECT_TRUE(kept.arrivals[2].told.matches);
  EXPECT_TRUE(kept.arrivals[3].told.matches);
}

TEST_F(StreamTcpTest, RefusedWhenNobodyListens) {
  net::Endpoint endpoint;
  { const OwnedFd closed = Listen(1, &endpoint); }
  const KeptQuery& kept = AskAndWait(StreamQuestion(Transport::kTcp, endpoint));
  EXPECT_EQ(kept.outcome, Outcome::kRefused);
  EXPECT_EQ(kept.sent_calls, 0);
  ASSERT_TRUE(kept.stream.has_value());
  EXPECT_EQ(kept.stream->phase, StreamPhase::kConnect);
  EXPECT_FALSE(kept.stream->connect_time.has_value());
}

TEST_F(StreamTcpTest, TimeoutWhileConnecting) {
  net::Endpoint endpoint;
  const OwnedFd listener = Listen(0, &endpoint);
  // Fills the queue of connections: the kernel drops each SYN from then on.
  Open(milliseconds(300));
  for (Token token = 100; token < 104; ++token) {
    lookup_->Ask(StreamQuestion(Transport::kTcp, endpoint), token);
  }
  ASSERT_TRUE(lookup_->Run(milliseconds(20)).ok());
  const KeptQuery& kept = AskAndWait(StreamQuestion(Transport::kTcp, endpoint));
  EXPECT_EQ(kept.outcome, Outcome::kTimeout);
  EXPECT_EQ(kept.stream->phase, StreamPhase::kConnect);
  EXPECT_FALSE(kept.stream->connect_time.has_value());
  EXPECT_EQ(kept.sent_calls, 0);
}

TEST_F(StreamTcpTest, TimeoutWhileWaitingForTheAnswer) {
  const KeptQuery& kept =
      AskScript([](ScriptedConnection* connection) { connection->AwaitEnd(); },
                milliseconds(200));
  EXPECT_EQ(kept.outcome, Outcome::kTimeout);
  EXPECT_EQ(kept.sent_calls, 1);
  EXPECT_EQ(kept.stream->phase, StreamPhase::kExchange);
  EXPECT_EQ(kept.stream->bytes_received, 0u);
}

TEST_F(StreamTcpTest, ResetWithoutAWord) {
  const KeptQuery& kept = AskScript([](ScriptedConnection* connection) {
    connection->ReceiveQuery();
    connection->Reset();
  });
  EXPECT_EQ(kept.outcome, Outcome::kReset);
  EXPECT_EQ(kept.stream->phase, StreamPhase::kExchange);
  EXPECT_EQ(kept.stream->bytes_received, 0u);
}

TEST_F(StreamTcpTest, ResetBeforeTheQuestion) {
  const KeptQuery& kept =
      AskScript([](ScriptedConnection* connection) { connection->Reset(); });
  EXPECT_EQ(kept.outcome, Outcome::kReset);
  // Whether the question was under way already is a race; that the connection
  // stood is not.
  EXPECT_TRUE(kept.stream->connect_time.has_value());
}

TEST_F(StreamTcpTest, ResetAfterAFewBytes) {
  const KeptQuery& kept = AskScript([](ScriptedConnection* connection) {
    Bytes some = Framed(AnswerTo(connection->ReceiveQuery(), 1));
    some.resize(20);
    connection->Send(some);
    std::this_thread::sleep_for(milliseconds(50));
    connection->Reset();
  });
  EXPECT_EQ(kept.outcome, Outcome::kReset);
  EXPECT_EQ(kept.stream->bytes_received, 20u);
  EXPECT_TRUE(kept.arrivals.empty());
}

TEST_F(StreamTcpTest, ResetAfterAForgedAnswerKeepsIt) {
  const KeptQuery& kept = AskScript([](ScriptedConnection* connection) {
    Bytes wrong = AnswerTo(connection->ReceiveQuery(), 1);
    wrong[0] ^= 1;
    connection->Send(Framed(wrong));
    std::this_thread::sleep_for(milliseconds(50));
    connection->Reset();
  });
  EXPECT_EQ(kept.outcome, Outcome::kReset);
  ASSERT_EQ(kept.arrivals.size(), 1u);
  EXPECT_FALSE(kept.arrivals[0].told.matches);
}

TEST_F(StreamTcpTest, ClosedBeforeAWholeMessage) {
  const KeptQuery& kept = AskScript([](ScriptedConnection* connection) {
    Bytes some = Framed(AnswerTo(connection->ReceiveQuery(), 1));
    some.pop_back();
    connection->Send(some);
  });
  EXPECT_EQ(kept.outcome, Outcome::kClosed);
  EXPECT_EQ(kept.stream->phase, StreamPhase::kExchange);
  EXPECT_GT(kept.stream->bytes_received, 20u);
  EXPECT_TRUE(kept.arrivals.empty());
}

TEST_F(StreamTcpTest, LengthThatPromisesTooMuchEndsWithTheWindow) {
  const KeptQuery& kept = AskScript(
      [](ScriptedConnection* connection) {
        Bytes lie = Framed(AnswerTo(connection->ReceiveQuery(), 1));
        lie[0] = 0xff;
        connection->Send(lie);
        connection->AwaitEnd();
      },
      milliseconds(200));
  EXPECT_EQ(kept.outcome, Outcome::kTimeout);
  EXPECT_GT(kept.stream->bytes_received, 20u);
}

TEST_F(StreamTcpTest, LengthThatPromisesTooLittleCutsTheMessage) {
  const KeptQuery& kept = AskScript(
      [](ScriptedConnection* connection) {
        Bytes lie = Framed(AnswerTo(connection->ReceiveQuery(), 1));
        lie[1] = 12;
        connection->Send(lie);
        connection->AwaitEnd();
      },
      milliseconds(200));
  EXPECT_EQ(kept.outcome, Outcome::kTimeout);
  ASSERT_GE(kept.arrivals.size(), 1u);
  EXPECT_EQ(kept.arrivals[0].message.size(), 12u);
  EXPECT_FALSE(kept.arrivals[0].told.matches);
}

TEST_F(StreamTcpTest, LongestMessageIsCutAndItsSizeTold) {
  const KeptQuery& kept = AskScript([](ScriptedConnection* connection) {
    Bytes answer = AnswerTo(connection->ReceiveQuery(), 1);
    answer.resize(65535);
    connection->Send(Framed(answer));
    connection->AwaitEnd();
  });
  EXPECT_EQ(kept.outcome, Outcome::kResponse);
  ASSERT_EQ(kept.arrivals.size(), 1u);
  EXPECT_EQ(kept.arrivals[0].message.size(), 4096u);
  EXPECT_EQ(kept.arrivals[0].told.original_size, 65535u);
}

TEST_F(StreamTcpTest, FloodIsKeptCountedAndLeftAlone) {
  const KeptQuery& kept = AskScript(
      [](ScriptedConnection* connection) {
        connection->ReceiveQuery();
        const Bytes noise = Framed(Bytes(1000, 0xff));
        for (int i = 0; i < 3000; ++i) connection->Send(noise);
      },
      milliseconds(500));
  EXPECT_EQ(kept.outcome, Outcome::kTimeout);
  EXPECT_EQ(kept.arrivals.size(), 8u);
  EXPECT_GT(kept.uncounted, 900u);
  EXPECT_LT(kept.uncounted, 1200u);
}

}  // namespace
}  // namespace taster::capture
