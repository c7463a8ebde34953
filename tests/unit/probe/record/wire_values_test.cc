// SPDX-License-Identifier: Apache-2.0
// What a connection showed, in the words of the protocol.
#include "probe/record/wire_values.h"

#include <gtest/gtest.h>

#include "probe/capture/question.h"

namespace taster::record {
namespace {

using capture::CertificateFault;
using capture::StreamFacts;

v1::StreamFacts Written(const StreamFacts& facts) {
  v1::StreamFacts written;
  SetStream(facts, &written);
  return written;
}

TEST(SetStream, ServiceThatWasServedLeadsElsewhere) {
  StreamFacts facts;
  facts.phase = capture::StreamPhase::kExchange;
  facts.bytes_received = 321;
  facts.connect_time = std::chrono::microseconds(1'500'000);
  facts.handshake_time = std::chrono::microseconds(2);
  facts.http_status = 302;
  facts.redirect_host = "skype.tom.com";
  facts.certificates = {{1, 2, 3}};
  const auto written = Written(facts);
  EXPECT_EQ(written.phase(), v1::STREAM_PHASE_EXCHANGE);
  EXPECT_EQ(written.bytes_received(), 321u);
  EXPECT_EQ(written.connect_time().seconds(), 1);
  EXPECT_EQ(written.handshake_time().nanos(), 2000);
  EXPECT_EQ(written.http_status(), 302u);
  EXPECT_EQ(written.redirect_host(), "skype.tom.com");
  // Nothing is wrong with it, so it tells nothing more.
  EXPECT_EQ(written.certificates_size(), 0);
  EXPECT_FALSE(written.has_certificate_fault());
}

TEST(SetStream, AbsentIsAbsent) {
  const auto written = Written({});
  EXPECT_EQ(written.phase(), v1::STREAM_PHASE_CONNECT);
  EXPECT_FALSE(written.has_connect_time());
  EXPECT_FALSE(written.has_handshake_time());
  EXPECT_FALSE(written.has_tls_alert());
  EXPECT_FALSE(written.has_http_status());
  EXPECT_EQ(written.redirect_host(), "");
}

TEST(SetStream, FaultyChainIsKeptUpToItsLimits) {
  StreamFacts facts;
  facts.certificate_fault = CertificateFault::kName;
  facts.certificates.assign(9, {7});
  EXPECT_EQ(Written(facts).certificates_size(), 8);
  facts.certificates[2].resize(8193);
  EXPECT_EQ(Written(facts).certificates_size(), 2);
  EXPECT_EQ(Written(facts).certificate_fault(), v1::CERTIFICATE_FAULT_NAME);
}

TEST(WireValues, AreThoseOfTheProtocol) {
  const auto same = [](auto ours, auto theirs) {
    return static_cast<int>(ours) == static_cast<int>(theirs);
  };
  EXPECT_TRUE(same(capture::QuestionRole::kCheck, v1::QUESTION_ROLE_CHECK));
  EXPECT_TRUE(same(capture::QuestionRole::kCheckControlName,
                   v1::QUESTION_ROLE_CHECK_CONTROL_NAME));
  EXPECT_TRUE(same(capture::ServerKind::kHost, v1::SERVER_KIND_HOST));
  EXPECT_TRUE(same(capture::Outcome::kServed, v1::OUTCOME_SERVED));
}

}  // namespace
}  // namespace taster::record
