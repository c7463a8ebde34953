// SPDX-License-Identifier: Apache-2.0
// Where a service leads is written down, unless that tells who asked.
#include <gtest/gtest.h>

#include "probe/record/recorder.h"
#include "tests/unit/probe/spool/spool_cases.h"

namespace taster::record {
namespace {

// What is recorded of a check whose answer leads to `host`.
v1::StreamFacts Record(const std::string& host) {
  const ScratchDirectory scratch;
  auto spool = spool::MustOpen(spool::OptionsIn(scratch));
  Recorder recorder(
      spool.get(),
      {.software = "taster-probe/test",
       .target_list = "local",
       .own_addresses = {net::IpAddress::Parse("94.1.2.3").value()}});
  capture::Question check;
  check.role = capture::QuestionRole::kCheck;
  check.qname = dns::Name::Parse("www.example").value();
  check.server = net::Endpoint::Parse("192.0.2.1:443", 0).value();
  const auto token = recorder.Expect(check);
  recorder.OnSent(token, {});
  capture::StreamFacts facts;
  facts.http_status = 302;
  facts.redirect_host = host;
  recorder.OnStream(token, facts);
  recorder.OnClosed(token, capture::Outcome::kServed, 0);
  recorder.EndSet(0);
  EXPECT_TRUE(recorder.Flush().ok());
  EXPECT_EQ(recorder.counts().recorded, 1u);
  const auto oldest = spool->Oldest();
  v1::Batch batch;
  EXPECT_TRUE(batch.ParseFromString((*oldest)->payload));
  EXPECT_EQ(batch.measurements(0).outcome(), v1::OUTCOME_SERVED);
  EXPECT_EQ(batch.measurements(0).question_role(), v1::QUESTION_ROLE_CHECK);
  return batch.measurements(0).stream();
}

TEST(Redirect, IsWrittenDown) {
  EXPECT_EQ(Record("skype.tom.com").redirect_host(), "skype.tom.com");
  EXPECT_EQ(Record("94.1.2.4").redirect_host(), "94.1.2.4");
}

TEST(Redirect, ThatTellsTheClientsAddressIsLeftOut) {
  for (const auto* host : {"94.1.2.3", "94.1.2.3.portal.example"}) {
    const auto stream = Record(host);
    EXPECT_EQ(stream.redirect_host(), "") << host;
    EXPECT_EQ(stream.http_status(), 302u);
  }
}

}  // namespace
}  // namespace taster::record
