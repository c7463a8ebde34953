// SPDX-License-Identifier: Apache-2.0
// Checks of services: what leaves, and what each end of a connection means.
#include <gtest/gtest.h>

#include "tests/unit/probe/capture/stream_fixture.h"
#include "tests/unit/probe/capture/tls_acceptor.h"

namespace taster::capture {
namespace {

constexpr char kName[] = "www.example.com";

Bytes BytesIn(const std::string& text) { return {text.begin(), text.end()}; }
std::string TextIn(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

std::string ReadText(SSL* tls) {
  std::string text(4096, '\0');
  const int got = SSL_read(tls, text.data(), static_cast<int>(text.size()));
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return text;
}

void SayText(SSL* tls, const std::string& text) {
  SSL_write(tls, text.data(), static_cast<int>(text.size()));
}

class StreamCheckTest : public StreamTest {
 protected:
  void SetUp() override {
    maker_.Make({.file = "good", .alternative = "DNS:www.example.com"});
  }
  static Question CheckOf(Service service, const net::Endpoint& server) {
    Question check = QuestionTo(server, kName);
    check.role = QuestionRole::kCheck;
    check.server_kind = ServerKind::kHost;
    check.service = service;
    check.transport =
        service == Service::kHttps ? Transport::kHttps : Transport::kTls;
    check.tls_name = kName;
    check.randomise_case = false;
    return check;
  }
  const KeptQuery& Check(Service service, ScriptedServer::Script script) {
    const ScriptedServer server(std::move(script));
    server_ = server.endpoint();
    const KeptQuery& kept =
        AskAndWait(CheckOf(service, server_), milliseconds(700));
    EXPECT_EQ(kept.sent_calls, 1);
    EXPECT_NE(kept.source_port, 0);
    EXPECT_TRUE(kept.arrivals.empty());
    EXPECT_EQ(kept.query.size(), 12u + 17u + 4u);
    return kept;
  }
  // Says greeting and answers line by line; what the client said is in heard_.
  void Converse(ScriptedConnection* connection,
                std::initializer_list<const char*> answers) {
    for (const char* answer : answers) {
      connection->Send(BytesIn(answer));
      if (answer != *(answers.end() - 1)) {
        heard_ += TextIn(connection->Receive());
      }
    }
  }

  const TlsAcceptor* Acceptor() {
    acceptor_ = std::make_unique<TlsAcceptor>(maker_, "good", false);
    return acceptor_.get();
  }

  net::Endpoint server_;
  std::string heard_;
  std::unique_ptr<TlsAcceptor> acceptor_;
};

TEST_F(StreamCheckTest, WebIsAskedOnceForItsFrontPage) {
  const auto* acceptor = Acceptor();
  const KeptQuery& kept =
      Check(Service::kHttps, [&](ScriptedConnection* connection) {
        const auto tls = acceptor->Accept(connection);
        if (!tls) return;
        heard_ = ReadText(tls.get());
        SayText(
            tls.get(),
            "HTTP/1.1 302 Found\r\nLocation: http://skype.tom.com/\r\n\r\n");
        connection->AwaitEnd();
      });
  EXPECT_EQ(kept.outcome, Outcome::kServed);
  EXPECT_EQ(kept.stream->phase, StreamPhase::kExchange);
  EXPECT_EQ(kept.stream->http_status, 302);
  EXPECT_EQ(kept.stream->redirect_host, "skype.tom.com");
  EXPECT_FALSE(kept.stream->certificate_fault.has_value());
  EXPECT_TRUE(kept.stream->handshake_time.has_value());
  EXPECT_EQ(heard_, "GET / HTTP/1.1\r\nHost: www.example.com:" +
                        std::to_string(server_.port) +
                        "\r\nAccept: */*\r\nConnection: close\r\n\r\n");
}

TEST_F(StreamCheckTest, NoiseInsideTlsIsNoWeb) {
  const auto* acceptor = Acceptor();
  const KeptQuery& kept =
      Check(Service::kHttps, [&](ScriptedConnection* connection) {
        const auto tls = acceptor->Accept(connection);
        if (!tls) return;
        ReadText(tls.get());
        SayText(tls.get(), "<html>\n");
        connection->AwaitEnd();
      });
  EXPECT_EQ(kept.outcome, Outcome::kHttp);
  EXPECT_FALSE(kept.stream->http_status.has_value());
}

TEST_F(StreamCheckTest, ImapsGreets) {
  const auto* acceptor = Acceptor();
  const KeptQuery& kept =
      Check(Service::kImaps, [&](ScriptedConnection* connection) {
        const auto tls = acceptor->Accept(connection);
        if (!tls) return;
        SayText(tls.get(), "* OK ready\r\n");
        heard_ = ReadText(tls.get());
      });
  EXPECT_EQ(kept.outcome, Outcome::kServed);
  EXPECT_EQ(heard_, "a2 LOGOUT\r\n");
}

TEST_F(StreamCheckTest, ImapsThatStaysSilentTimesOut) {
  const auto* acceptor = Acceptor();
  const KeptQuery& kept =
      Check(Service::kImaps, [&](ScriptedConnection* connection) {
        const auto tls = acceptor->Accept(connection);
        connection->AwaitEnd();
      });
  EXPECT_EQ(kept.outcome, Outcome::kTimeout);
  EXPECT_EQ(kept.stream->phase, StreamPhase::kExchange);
}

TEST_F(StreamCheckTest, SmtpGoesOverToTls) {
  const auto* acceptor = Acceptor();
  const KeptQuery& kept =
      Check(Service::kSmtp, [&](ScriptedConnection* connection) {
        Converse(connection,
                 {"220 mx\r\n", "250-mx\r\n250 STARTTLS\r\n", "220 go\r\n"});
        const auto tls = acceptor->Accept(connection);
        if (tls) heard_ += ReadText(tls.get());
      });
  EXPECT_EQ(kept.outcome, Outcome::kServed);
  EXPECT_EQ(heard_, "EHLO client.invalid\r\nSTARTTLS\r\nQUIT\r\n");
  EXPECT_TRUE(kept.stream->handshake_time.has_value());
}

TEST_F(StreamCheckTest, StrippedStartTlsIsToldAndNothingFollows) {
  const KeptQuery& kept =
      Check(Service::kSmtp, [&](ScriptedConnection* connection) {
        Converse(connection, {"220 mx\r\n", "250-mx\r\n250 SIZE\r\n", ""});
        heard_ += TextIn(connection->Receive());
      });
  EXPECT_EQ(kept.outcome, Outcome::kTlsFailed);
  EXPECT_EQ(kept.stream->phase, StreamPhase::kHandshake);
  EXPECT_EQ(kept.stream->bytes_received, 8u + 18u);
  EXPECT_EQ(heard_, "EHLO client.invalid\r\n");
}

TEST_F(StreamCheckTest, WordsBehindTheAnswerAreNoTls) {
  const KeptQuery& kept =
      Check(Service::kPop3, [&](ScriptedConnection* connection) {
        Converse(connection, {"+OK\r\n", "+OK go\r\n+OK you are in\r\n"});
        connection->AwaitEnd();
      });
  EXPECT_EQ(kept.outcome, Outcome::kTlsFailed);
}

TEST_F(StreamCheckTest, NothingIsSaidToASilentMailServer) {
  const KeptQuery& kept =
      Check(Service::kImap, [&](ScriptedConnection* connection) {
        heard_ = TextIn(connection->Receive());
      });
  EXPECT_EQ(kept.outcome, Outcome::kTimeout);
  EXPECT_EQ(kept.stream->bytes_received, 0u);
  EXPECT_EQ(heard_, "");
}

TEST_F(StreamCheckTest, ResetIsNoAnswer) {
  const KeptQuery& kept =
      Check(Service::kHttps, [](ScriptedConnection* connection) {
        connection->Receive();
        connection->Reset();
      });
  EXPECT_EQ(kept.outcome, Outcome::kReset);
}

TEST_F(StreamCheckTest, RefusedConnectionWasTried) {
  net::Endpoint nobody;
  { const OwnedFd listener = Listen(1, &nobody); }
  const KeptQuery& kept = AskAndWait(CheckOf(Service::kHttps, nobody));
  EXPECT_EQ(kept.outcome, Outcome::kRefused);
  EXPECT_EQ(kept.sent_calls, 1);
}

TEST_F(StreamCheckTest, WhatNoClientWouldDoIsNotDone) {
  Open(milliseconds(500));
  const net::Endpoint server{net::IpAddress::FromV4(0x7f000001), 9};
  Question nameless = CheckOf(Service::kHttps, server);
  nameless.tls_name = "";
  Question clear = CheckOf(Service::kHttps, server);
  clear.transport = Transport::kTcp;
  Question crooked = CheckOf(Service::kHttps, server);
  crooked.tls_name = "a\r\nb";
  Token token = 1;
  for (const auto& check : {nameless, clear, crooked}) {
    ASSERT_TRUE(lookup_->Ask(check, token));
    RunUntilClosed();
    EXPECT_EQ(witness_.queries[token].outcome, Outcome::kSendFailed);
    EXPECT_EQ(witness_.queries[token].sent_calls, 0);
    EXPECT_FALSE(witness_.queries[token].stream.has_value());
    ++token;
  }
}

}  // namespace
}  // namespace taster::capture
