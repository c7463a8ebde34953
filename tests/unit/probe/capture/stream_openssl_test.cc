// SPDX-License-Identifier: Apache-2.0
// Checks against `openssl s_server`: whose certificate is valid, and whose not.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/unit/probe/capture/child_process.h"
#include "tests/unit/probe/capture/stream_fixture.h"

namespace taster::capture {
namespace {

class StreamOpensslTest : public StreamTest {
 protected:
  // A check of a web server that shows this certificate.
  const KeptQuery& CheckServer(const Wanted& wanted) {
    maker_.Make(wanted);
    const std::string path = maker_.PathOf(wanted.file);
    const ChildProcess server(
        {"/usr/bin/openssl", "s_server", "-www", "-accept",
         "127.0.0.1:" + std::to_string(server_.port), "-cert", path + ".pem",
         "-key", path + ".key", "-alpn", "http/1.1", "-msg"},
        maker_.PathOf("log"));
    EXPECT_TRUE(AwaitListener(server_));
    Question check = QuestionTo(server_, "www.example.com");
    check.role = QuestionRole::kCheck;
    check.service = Service::kHttps;
    check.transport = Transport::kHttps;
    check.tls_name = "www.example.com";
    return AskAndWait(check, milliseconds(5000));
  }
  void ExpectFault(const KeptQuery& kept, CertificateFault fault) {
    EXPECT_EQ(kept.outcome, Outcome::kCertificate);
    EXPECT_EQ(kept.stream->certificate_fault, fault);
    EXPECT_EQ(kept.stream->certificates.size(), 1u);
    EXPECT_EQ(kept.stream->phase, StreamPhase::kHandshake);
    EXPECT_FALSE(kept.stream->http_status.has_value());
  }

  net::Endpoint server_ = FreeTcpEndpoint();
};

TEST_F(StreamOpensslTest, ValidCertificateIsServed) {
  const KeptQuery& kept =
      CheckServer({.file = "good", .alternative = "DNS:www.example.com"});
  EXPECT_EQ(kept.outcome, Outcome::kServed);
  EXPECT_EQ(kept.stream->http_status, 200);
  EXPECT_EQ(kept.stream->redirect_host, "");
  EXPECT_EQ(kept.sent_calls, 1);
  std::ifstream log(maker_.PathOf("log"));
  const std::string text(std::istreambuf_iterator<char>(log), {});
  EXPECT_NE(text.find("ClientHello"), text.npos);
}

TEST_F(StreamOpensslTest, CertificateOfAnotherName) {
  ExpectFault(
      CheckServer({.file = "other", .alternative = "DNS:mail.example.net"}),
      CertificateFault::kName);
}

TEST_F(StreamOpensslTest, CertificateThatRanOut) {
  ExpectFault(CheckServer({.file = "old",
                           .alternative = "DNS:www.example.com",
                           .begins_in_seconds = -7200,
                           .ends_in_seconds = -3600}),
              CertificateFault::kExpired);
}

TEST_F(StreamOpensslTest, CertificateThatNobodySigned) {
  ExpectFault(CheckServer({.file = "self",
                           .alternative = "DNS:www.example.com",
                           .self_signed = true}),
              CertificateFault::kSelfSigned);
}

}  // namespace
}  // namespace taster::capture
