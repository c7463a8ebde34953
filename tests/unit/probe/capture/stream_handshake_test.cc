// SPDX-License-Identifier: Apache-2.0
// Handshakes that never become TLS: a reset, an end, silence and noise are four
// different things.
#include <gtest/gtest.h>

#include "tests/unit/probe/capture/stream_fixture.h"

namespace taster::capture {
namespace {

class StreamHandshakeTest : public StreamTest,
                            public testing::WithParamInterface<Transport> {
 protected:
  const KeptQuery& AskScript(ScriptedServer::Script script) {
    const ScriptedServer server(std::move(script));
    const KeptQuery& kept =
        AskAndWait(StreamQuestion(GetParam(), server.endpoint(), "dns.example"),
                   milliseconds(500));
    EXPECT_EQ(kept.sent_calls, 0);
    EXPECT_EQ(kept.stream->phase, StreamPhase::kHandshake);
    EXPECT_TRUE(kept.stream->connect_time.has_value());
    EXPECT_FALSE(kept.stream->handshake_time.has_value());
    EXPECT_TRUE(kept.stream->certificates.empty());
    return kept;
  }
};

TEST_P(StreamHandshakeTest, Reset) {
  const KeptQuery& kept = AskScript([](ScriptedConnection* connection) {
    connection->Receive();
    connection->Reset();
  });
  EXPECT_EQ(kept.outcome, Outcome::kReset);
  EXPECT_EQ(kept.stream->bytes_received, 0u);
}

TEST_P(StreamHandshakeTest, ResetAfterAFewBytesOfTls) {
  const KeptQuery& kept = AskScript([](ScriptedConnection* connection) {
    connection->Receive();
    connection->Send({22, 3, 3, 0, 80, 2, 0});
    std::this_thread::sleep_for(milliseconds(50));
    connection->Reset();
  });
  EXPECT_EQ(kept.outcome, Outcome::kReset);
  EXPECT_EQ(kept.stream->bytes_received, 7u);
}

TEST_P(StreamHandshakeTest, Closed) {
  const KeptQuery& kept =
      AskScript([](ScriptedConnection* connection) { connection->Receive(); });
  EXPECT_EQ(kept.outcome, Outcome::kClosed);
  EXPECT_EQ(kept.stream->bytes_received, 0u);
}

TEST_P(StreamHandshakeTest, Silence) {
  const KeptQuery& kept =
      AskScript([](ScriptedConnection* connection) { connection->AwaitEnd(); });
  EXPECT_EQ(kept.outcome, Outcome::kTimeout);
}

TEST_P(StreamHandshakeTest, NoiseThenEnd) {
  const KeptQuery& kept = AskScript([](ScriptedConnection* connection) {
    connection->Receive();
    const std::string page = "HTTP/1.1 403 Forbidden\r\n\r\n";
    connection->Send({page.begin(), page.end()});
  });
  EXPECT_EQ(kept.outcome, Outcome::kTlsFailed);
  EXPECT_EQ(kept.stream->bytes_received, 26u);
  EXPECT_FALSE(kept.stream->tls_alert.has_value());
}

TEST_P(StreamHandshakeTest, NoiseThenReset) {
  const KeptQuery& kept = AskScript([](ScriptedConnection* connection) {
    connection->Receive();
    connection->Send(Bytes(40, 0xa5));
    std::this_thread::sleep_for(milliseconds(50));
    connection->Reset();
  });
  EXPECT_EQ(kept.outcome, Outcome::kTlsFailed);
}

TEST_P(StreamHandshakeTest, ForgedAlertThenReset) {
  const KeptQuery& kept = AskScript([](ScriptedConnection* connection) {
    connection->Receive();
    connection->Send({21, 3, 3, 0, 2, 2, 112});  // unrecognized_name
    connection->Reset();
  });
  // A reset may overtake what the kernel has not handed over.
  if (kept.stream->bytes_received == 7) {
    EXPECT_EQ(kept.outcome, Outcome::kTlsAlert);
    EXPECT_EQ(kept.stream->tls_alert, 112);
  } else {
    EXPECT_EQ(kept.outcome, Outcome::kReset);
  }
}

TEST_P(StreamHandshakeTest, GoodbyeInsteadOfTls) {
  const KeptQuery& kept = AskScript([](ScriptedConnection* connection) {
    connection->Receive();
    connection->Send({21, 3, 3, 0, 2, 1, 0});  // close_notify
    connection->AwaitEnd();
  });
  EXPECT_EQ(kept.outcome, Outcome::kClosed);
  EXPECT_EQ(kept.stream->tls_alert, 0);
}

INSTANTIATE_TEST_SUITE_P(BothKinds, StreamHandshakeTest,
                         testing::Values(Transport::kTls, Transport::kHttps),
                         [](const auto& tested) {
                           return tested.param == Transport::kTls ? "Tls"
                                                                  : "Https";
                         });

}  // namespace
}  // namespace taster::capture
