// SPDX-License-Identifier: Apache-2.0
// DNS over HTTPS: what the request says, and what an answer must be.
#include <gtest/gtest.h>

#include "tests/unit/probe/capture/stream_fixture.h"
#include "tests/unit/probe/capture/tls_acceptor.h"

namespace taster::capture {
namespace {

constexpr char kName[] = "dns.example";

class StreamHttpTest : public StreamTest {
 protected:
  void SetUp() override {
    maker_.Make({.file = "good", .alternative = "DNS:dns.example"});
  }
  // Asks a server that replies so.
  const KeptQuery& AskFor(const HttpReply& reply) {
    const TlsAcceptor acceptor(maker_, "good", true);
    const ScriptedServer server([&](ScriptedConnection* connection) {
      const auto tls = acceptor.Accept(connection);
      if (tls) request_ = ServeHttp2(tls.get(), reply);
    });
    endpoint_ = server.endpoint();
    return AskAndWait(StreamQuestion(Transport::kHttps, endpoint_, kName),
                      milliseconds(700));
  }
  void ExpectNoMessage(const KeptQuery& kept, int status) {
    EXPECT_EQ(kept.outcome, Outcome::kHttp);
    EXPECT_EQ(kept.stream->http_status, status);
    EXPECT_EQ(kept.stream->phase, StreamPhase::kExchange);
    EXPECT_TRUE(kept.arrivals.empty());
    EXPECT_EQ(kept.sent_calls, 1);
  }

  HttpRequest request_;
  net::Endpoint endpoint_;
};

TEST_F(StreamHttpTest, AnswerIsEvidence) {
  const KeptQuery& kept = AskFor({});
  EXPECT_EQ(kept.outcome, Outcome::kResponse);
  EXPECT_EQ(kept.stream->http_status, 200);
  EXPECT_EQ(kept.stream->certificates.size(), 1u);
  ASSERT_EQ(kept.arrivals.size(), 1u);
  EXPECT_TRUE(kept.arrivals[0].told.matches);
  EXPECT_EQ(kept.arrivals[0].told.source, endpoint_);
  EXPECT_EQ(kept.arrivals[0].message.back(), 7);
  EXPECT_EQ(kept.query, request_.body);
}

TEST_F(StreamHttpTest, RequestSaysNoMoreThanItMust) {
  AskFor({});
  const std::string size = std::to_string(request_.body.size());
  EXPECT_EQ(request_.headers,
            ":method: POST\n:scheme: https\n:authority: dns.example:" +
                std::to_string(endpoint_.port) +
                "\n:path: /dns-query\naccept: application/dns-message\n"
                "content-type: application/dns-message\ncontent-length: " +
                size + "\n");
  // RFC 8484 section 4.1: id 0.
  ASSERT_GE(request_.body.size(), 12u);
  EXPECT_EQ(request_.body[0] | request_.body[1], 0);
}

TEST_F(StreamHttpTest, OtherStatusIsNoAnswer) {
  ExpectNoMessage(AskFor({.status = "403", .type = "text/html"}), 403);
}

TEST_F(StreamHttpTest, ServerErrorIsNoAnswerThoughItsTypeFits) {
  ExpectNoMessage(AskFor({.status = "500"}), 500);
}

TEST_F(StreamHttpTest, RedirectIsNotFollowed) {
  ExpectNoMessage(AskFor({.status = "302"}), 302);
}

TEST_F(StreamHttpTest, OtherTypeIsNoAnswer) {
  ExpectNoMessage(AskFor({.type = "text/html"}), 200);
}

TEST_F(StreamHttpTest, TypeMayHaveParametersAndCapitals) {
  const KeptQuery& kept =
      AskFor({.type = "Application/DNS-Message ; charset=x"});
  EXPECT_EQ(kept.outcome, Outcome::kResponse);
}

TEST_F(StreamHttpTest, OversizedBodyIsNoAnswer) {
  ExpectNoMessage(AskFor({.own_body = true, .body = Bytes(70'000, 0xff)}), 200);
}

TEST_F(StreamHttpTest, BodyThatIsNoDnsMessage) {
  const std::string page = "<html>blocked</html>";
  ExpectNoMessage(
      AskFor({.own_body = true, .body = {page.begin(), page.end()}}), 200);
}

TEST_F(StreamHttpTest, EmptyBodyIsNoAnswer) {
  ExpectNoMessage(AskFor({.own_body = true}), 200);
}

TEST_F(StreamHttpTest, AnswerToAnotherQuestionIsKeptAndDoesNotMatch) {
  Bytes other(17, 0);
  other[2] = 0x80;
  other[5] = 1;
  const KeptQuery& kept = AskFor({.own_body = true, .body = other});
  EXPECT_EQ(kept.outcome, Outcome::kTimeout);
  ASSERT_EQ(kept.arrivals.size(), 1u);
  EXPECT_FALSE(kept.arrivals[0].told.matches);
}

TEST_F(StreamHttpTest, PeerWithoutHttp2IsNotAsked) {
  const TlsAcceptor acceptor(maker_, "good", false);
  const ScriptedServer server([&](ScriptedConnection* connection) {
    acceptor.Accept(connection);
    connection->AwaitEnd();
  });
  const KeptQuery& kept =
      AskAndWait(StreamQuestion(Transport::kHttps, server.endpoint(), kName));
  EXPECT_EQ(kept.outcome, Outcome::kHttp);
  EXPECT_FALSE(kept.stream->http_status.has_value());
  EXPECT_EQ(kept.sent_calls, 0);
}

TEST_F(StreamHttpTest, NoiseWithinTlsIsNoHttp) {
  const TlsAcceptor acceptor(maker_, "good", true);
  const ScriptedServer server([&](ScriptedConnection* connection) {
    const auto tls = acceptor.Accept(connection);
    if (!tls) return;
    const std::string page = "HTTP/1.1 403 Forbidden\r\n\r\nno such page\r\n";
    SSL_write(tls.get(), page.data(), static_cast<int>(page.size()));
    connection->AwaitEnd();
  });
  const KeptQuery& kept =
      AskAndWait(StreamQuestion(Transport::kHttps, server.endpoint(), kName));
  EXPECT_EQ(kept.outcome, Outcome::kHttp);
  EXPECT_FALSE(kept.stream->http_status.has_value());
  EXPECT_GT(kept.stream->bytes_received, 20u);
}

TEST_F(StreamHttpTest, ResetWhileTheAnswerIsAwaited) {
  const TlsAcceptor acceptor(maker_, "good", true);
  const ScriptedServer server([&](ScriptedConnection* connection) {
    const auto tls = acceptor.Accept(connection);
    if (!tls) return;
    Bytes request(4096);
    SSL_read(tls.get(), request.data(), 4096);
    connection->Reset();
  });
  const KeptQuery& kept =
      AskAndWait(StreamQuestion(Transport::kHttps, server.endpoint(), kName));
  EXPECT_EQ(kept.outcome, Outcome::kReset);
  EXPECT_EQ(kept.stream->phase, StreamPhase::kExchange);
  EXPECT_EQ(kept.sent_calls, 1);
}

}  // namespace
}  // namespace taster::capture
