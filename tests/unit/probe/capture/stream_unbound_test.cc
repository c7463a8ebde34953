// SPDX-License-Identifier: Apache-2.0
// A real resolver over all three: the same question, the same answer.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/unit/probe/capture/child_process.h"
#include "tests/unit/probe/capture/stream_fixture.h"

namespace taster::capture {
namespace {

class StreamUnboundTest : public StreamTest {
 protected:
  void SetUp() override {
    maker_.Make(
        {.file = "resolver", .alternative = "DNS:dns.example,IP:127.0.0.1"});
    const auto port = [](const net::Endpoint& endpoint) {
      return std::to_string(endpoint.port);
    };
    std::ofstream(maker_.PathOf("unbound.conf"))
        << "server:\n  directory: \"" << directory_.path().string()
        << "\"\n  username: \"\"\n  chroot: \"\"\n  pidfile: \"\"\n"
        << "  use-syslog: no\n  do-daemonize: no\n  do-ip6: no\n"
        << "  port: " << port(tcp_) << "\n  interface: 127.0.0.1@" << port(tcp_)
        << "\n  interface: 127.0.0.1@" << port(tls_)
        << "\n  interface: 127.0.0.1@" << port(https_)
        << "\n  tls-port: " << port(tls_) << "\n  https-port: " << port(https_)
        << "\n  tls-service-key: \"" << maker_.PathOf("resolver.key")
        << "\"\n  tls-service-pem: \"" << maker_.PathOf("resolver.pem")
        << "\"\n  local-zone: \"example.com.\" static\n"
        << "  local-data: \"www.example.com. 60 IN A 192.0.2.1\"\n"
        << "  incoming-num-tcp: 100\nremote-control:\n  control-enable: no\n";
    unbound_ = std::make_unique<ChildProcess>(
        std::vector<std::string>{"/usr/sbin/unbound", "-d", "-c",
                                 maker_.PathOf("unbound.conf")},
        maker_.PathOf("log"));
    ASSERT_TRUE(AwaitListener(tcp_));
    ASSERT_TRUE(AwaitListener(https_));
  }

  net::Endpoint tcp_ = FreeTcpEndpoint();
  net::Endpoint tls_ = FreeTcpEndpoint();
  net::Endpoint https_ = FreeTcpEndpoint();
  std::unique_ptr<ChildProcess> unbound_;
};

TEST_F(StreamUnboundTest, SameAnswerOverAllThree) {
  Open(milliseconds(5000));
  ASSERT_TRUE(lookup_->Ask(StreamQuestion(Transport::kTcp, tcp_), 1));
  ASSERT_TRUE(
      lookup_->Ask(StreamQuestion(Transport::kTls, tls_, "dns.example"), 2));
  ASSERT_TRUE(lookup_->Ask(StreamQuestion(Transport::kTls, tls_), 3));
  ASSERT_TRUE(lookup_->Ask(
      StreamQuestion(Transport::kHttps, https_, "dns.example"), 4));
  ASSERT_TRUE(lookup_->Ask(StreamQuestion(Transport::kHttps, https_), 5));
  RunUntilClosed();
  for (Token token = 1; token <= 5; ++token) {
    const KeptQuery& kept = witness_.queries[token];
    EXPECT_EQ(kept.outcome, Outcome::kResponse) << token;
    ASSERT_EQ(kept.arrivals.size(), 1u) << token;
    const Bytes& message = kept.arrivals[0].message;
    ASSERT_GE(message.size(), 16u);
    EXPECT_EQ(Bytes(message.end() - 4, message.end()), (Bytes{192, 0, 2, 1}));
    EXPECT_EQ(kept.stream->certificates.size(), token == 1 ? 0u : 1u);
    EXPECT_EQ(kept.stream->handshake_time.has_value(), token != 1);
  }
  EXPECT_EQ(witness_.queries[4].stream->http_status, 200);
}

TEST_F(StreamUnboundTest, AHundredOverTlsAtOnce) {
  Open(milliseconds(10'000));
  for (Token token = 0; token < 50; ++token) {
    lookup_->Ask(StreamQuestion(Transport::kTls, tls_, "dns.example"), token);
    lookup_->Ask(StreamQuestion(Transport::kHttps, https_, "dns.example"),
                 token + 50);
  }
  RunUntilClosed();
  for (const auto& [token, kept] : witness_.queries) {
    EXPECT_EQ(kept.outcome, Outcome::kResponse) << token;
  }
  EXPECT_EQ(witness_.queries.size(), 100u);
}

TEST_F(StreamUnboundTest, OtherPathIsNotFound) {
  Question question = StreamQuestion(Transport::kHttps, https_, "dns.example");
  question.http_path = "/elsewhere";
  const KeptQuery& kept = AskAndWait(question);
  EXPECT_EQ(kept.outcome, Outcome::kHttp);
  EXPECT_EQ(kept.stream->http_status, 404);
}

TEST_F(StreamUnboundTest, PlainTcpAtTheTlsPortIsNoAnswer) {
  const KeptQuery& kept =
      AskAndWait(StreamQuestion(Transport::kTcp, tls_), milliseconds(700));
  EXPECT_NE(kept.outcome, Outcome::kResponse);
  EXPECT_TRUE(kept.arrivals.empty() || !kept.arrivals[0].told.matches);
}

TEST_F(StreamUnboundTest, TlsAtThePlainPortIsNoTls) {
  const KeptQuery& kept = AskAndWait(
      StreamQuestion(Transport::kTls, tcp_, "dns.example"), milliseconds(700));
  EXPECT_NE(kept.outcome, Outcome::kResponse);
  EXPECT_EQ(kept.sent_calls, 0);
  EXPECT_EQ(kept.stream->phase, StreamPhase::kHandshake);
}

}  // namespace
}  // namespace taster::capture
