// SPDX-License-Identifier: Apache-2.0
// DNS over TLS against OpenSSL's own server: whom we believe, and whom not.
#include <gtest/gtest.h>
#include <openssl/x509v3.h>

#include "tests/unit/probe/capture/child_process.h"
#include "tests/unit/probe/capture/stream_fixture.h"
#include "tests/unit/probe/capture/tls_acceptor.h"

namespace taster::capture {
namespace {

constexpr char kName[] = "dns.example";

class StreamTlsTest : public StreamTest {
 protected:
  // Asks `openssl s_server` that shows FILE.pem.
  const KeptQuery& AskServer(const std::string& file,
                             const std::string& tls_name,
                             const std::vector<std::string>& options = {}) {
    const net::Endpoint endpoint = FreeTcpEndpoint();
    std::vector<std::string> arguments{"openssl", "s_server",
                                       "-accept", endpoint.ToString(),
                                       "-cert",   maker_.PathOf(file + ".pem"),
                                       "-key",    maker_.PathOf(file + ".key"),
                                       "-quiet"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const ChildProcess server(arguments, maker_.PathOf("log"));
    EXPECT_TRUE(AwaitListener(endpoint));
    return AskAndWait(StreamQuestion(Transport::kTls, endpoint, tls_name),
                      milliseconds(700));
  }
  // The question must not have left, and the chain must be evidence.
  void ExpectFault(const KeptQuery& kept, CertificateFault fault) {
    EXPECT_EQ(kept.outcome, Outcome::kCertificate);
    EXPECT_EQ(kept.sent_calls, 0);
    ASSERT_TRUE(kept.stream.has_value());
    EXPECT_EQ(kept.stream->phase, StreamPhase::kHandshake);
    EXPECT_EQ(kept.stream->certificate_fault, fault);
    EXPECT_EQ(kept.stream->certificates.size(), 1u);
    EXPECT_FALSE(kept.stream->handshake_time.has_value());
    EXPECT_GT(kept.stream->bytes_received, 300u);
  }
};

TEST_F(StreamTlsTest, ValidNameIsAsked) {
  maker_.Make({.file = "good", .alternative = "DNS:dns.example"});
  const KeptQuery& kept = AskServer("good", kName);
  // s_server says nothing in DNS.
  EXPECT_EQ(kept.outcome, Outcome::kTimeout);
  EXPECT_EQ(kept.sent_calls, 1);
  EXPECT_EQ(kept.stream->phase, StreamPhase::kExchange);
  EXPECT_EQ(kept.stream->bytes_received, 0u);
  EXPECT_TRUE(kept.stream->handshake_time.has_value());
  EXPECT_FALSE(kept.stream->certificate_fault.has_value());
  ASSERT_EQ(kept.stream->certificates.size(), 1u);
  const auto& der = kept.stream->certificates[0];
  const unsigned char* at = der.data();
  X509* const leaf = d2i_X509(nullptr, &at, static_cast<long>(der.size()));
  ASSERT_NE(leaf, nullptr);
  EXPECT_EQ(X509_check_host(leaf, kName, 0, 0, nullptr), 1);
  X509_free(leaf);
}

TEST_F(StreamTlsTest, ValidAddressIsAsked) {
  maker_.Make({.file = "address", .alternative = "IP:127.0.0.1"});
  EXPECT_EQ(AskServer("address", "").sent_calls, 1);
}

TEST_F(StreamTlsTest, AddressAsNameIsAnAddress) {
  maker_.Make({.file = "address", .alternative = "IP:127.0.0.1"});
  EXPECT_EQ(AskServer("address", "127.0.0.1").sent_calls, 1);
}

TEST_F(StreamTlsTest, TrustComesFromTheFileAlone) {
  maker_.Make({.file = "good", .alternative = "DNS:dns.example"});
  auto lookup = StreamLookup::Open({.window = milliseconds(700)}, &witness_);
  if (absl::IsFailedPrecondition(lookup.status())) {
    GTEST_SKIP() << "no certificates on this system";
  }
  lookup_ = *std::move(lookup);
  // The same chain, before the certificates that this system trusts.
  ExpectFault(AskServer("good", kName), CertificateFault::kUnknownIssuer);
}

TEST_F(StreamTlsTest, WrongNameIsNotAsked) {
  maker_.Make({.file = "other", .alternative = "DNS:other.example"});
  ExpectFault(AskServer("other", kName), CertificateFault::kName);
}

TEST_F(StreamTlsTest, WrongAddressIsNotAsked) {
  maker_.Make({.file = "other", .alternative = "IP:127.0.0.2"});
  ExpectFault(AskServer("other", ""), CertificateFault::kName);
}

TEST_F(StreamTlsTest, CommonNameIsNoName) {
  maker_.Make({.file = kName, .alternative = "IP:127.0.0.1"});
  ExpectFault(AskServer(kName, kName), CertificateFault::kName);
}

TEST_F(StreamTlsTest, ExpiredIsNotAsked) {
  maker_.Make({.file = "old",
               .alternative = "DNS:dns.example",
               .begins_in_seconds = -7200,
               .ends_in_seconds = -3600});
  ExpectFault(AskServer("old", kName), CertificateFault::kExpired);
}

TEST_F(StreamTlsTest, NotYetValidIsNotAsked) {
  maker_.Make({.file = "young",
               .alternative = "DNS:dns.example",
               .begins_in_seconds = 3600,
               .ends_in_seconds = 7200});
  ExpectFault(AskServer("young", kName), CertificateFault::kNotYetValid);
}

TEST_F(StreamTlsTest, SelfSignedIsNotAsked) {
  maker_.Make(
      {.file = "own", .alternative = "DNS:dns.example", .self_signed = true});
  ExpectFault(AskServer("own", kName), CertificateFault::kSelfSigned);
}

TEST_F(StreamTlsTest, ChainIsKeptAsItWasSent) {
  maker_.Make({.file = "good", .alternative = "DNS:dns.example"});
  const KeptQuery& kept =
      AskServer("good", kName, {"-cert_chain", maker_.PathOf("ca.pem")});
  EXPECT_EQ(kept.sent_calls, 1);
  ASSERT_EQ(kept.stream->certificates.size(), 2u);
  EXPECT_NE(kept.stream->certificates[0], kept.stream->certificates[1]);
}

TEST_F(StreamTlsTest, AuthorityThatComesAlongIsNotTrusted) {
  TestDirectory elsewhere;
  CertificateMaker stranger(elsewhere.path());
  stranger.Make({.file = "forged", .alternative = "DNS:dns.example"});
  for (const char* const file : {"forged.pem", "forged.key"}) {
    std::filesystem::copy(stranger.PathOf(file), maker_.PathOf(file));
  }
  const KeptQuery& kept =
      AskServer("forged", kName, {"-cert_chain", stranger.PathOf("ca.pem")});
  EXPECT_EQ(kept.outcome, Outcome::kCertificate);
  EXPECT_EQ(kept.sent_calls, 0);
  EXPECT_EQ(kept.stream->certificates.size(), 2u);
  // It bears the name of the one that is trusted, but not its key.
  EXPECT_TRUE(kept.stream->certificate_fault.has_value());
}

TEST_F(StreamTlsTest, WrongNameIsNamedOnlyWhereNothingElseIsWrong) {
  maker_.Make({.file = "old",
               .alternative = "DNS:other.example",
               .begins_in_seconds = -7200,
               .ends_in_seconds = -3600});
  ExpectFault(AskServer("old", kName), CertificateFault::kExpired);
}

TEST_F(StreamTlsTest, AlertThatEndsTheHandshakeIsTold) {
  maker_.Make({.file = "good", .alternative = "DNS:dns.example"});
  // A server that wants a cipher which no client of today has.
  const KeptQuery& kept =
      AskServer("good", kName,
                {"-tls1_2", "-cipher", "ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0"});
  EXPECT_EQ(kept.outcome, Outcome::kTlsAlert);
  EXPECT_EQ(kept.stream->tls_alert, 40);  // handshake_failure
  EXPECT_EQ(kept.stream->phase, StreamPhase::kHandshake);
  EXPECT_EQ(kept.stream->bytes_received, 7u);
  EXPECT_EQ(kept.sent_calls, 0);
}

TEST_F(StreamTlsTest, OldVersionIsNotSpoken) {
  maker_.Make({.file = "good", .alternative = "DNS:dns.example"});
  const KeptQuery& kept =
      AskServer("good", kName, {"-tls1_1", "-cipher", "ALL:@SECLEVEL=0"});
  EXPECT_EQ(kept.outcome, Outcome::kTlsAlert);
  EXPECT_EQ(kept.stream->tls_alert, 70);  // protocol_version
  EXPECT_EQ(kept.sent_calls, 0);
}

TEST_F(StreamTlsTest, AlertAfterTheHandshakeIsTold) {
  maker_.Make({.file = "good", .alternative = "DNS:dns.example"});
  // Wants a certificate of ours; TLS 1.3 says so after we have asked.
  const KeptQuery& kept =
      AskServer("good", kName, {"-Verify", "1", "-verify_return_error"});
  EXPECT_EQ(kept.outcome, Outcome::kTlsAlert);
  EXPECT_EQ(kept.stream->tls_alert, 116);  // certificate_required
  EXPECT_EQ(kept.stream->phase, StreamPhase::kExchange);
}

TEST_F(StreamTlsTest, AnswerAndServerName) {
  maker_.Make({.file = "good", .alternative = "DNS:dns.example"});
  const TlsAcceptor acceptor(maker_, "good", false);
  std::string server_name;
  const ScriptedServer server([&](ScriptedConnection* connection) {
    const auto tls = acceptor.Accept(connection);
    if (!tls) return;
    const char* const name =
        SSL_get_servername(tls.get(), TLSEXT_NAMETYPE_host_name);
    if (name != nullptr) server_name = name;
    Bytes query(512);
    const int got = SSL_read(tls.get(), query.data(), 512);
    if (got < 3) return;
    query.resize(static_cast<std::size_t>(got));
    query.erase(query.begin(), query.begin() + 2);
    const Bytes framed = Framed(AnswerTo(query, 1));
    SSL_write(tls.get(), framed.data(), static_cast<int>(framed.size()));
    connection->AwaitEnd();
  });
  const KeptQuery& kept =
      AskAndWait(StreamQuestion(Transport::kTls, server.endpoint(), kName));
  EXPECT_EQ(kept.outcome, Outcome::kResponse);
  ASSERT_EQ(kept.arrivals.size(), 1u);
  EXPECT_EQ(kept.stream->bytes_received, kept.arrivals[0].message.size() + 2);
  EXPECT_EQ(server_name, kName);
}

}  // namespace
}  // namespace taster::capture
