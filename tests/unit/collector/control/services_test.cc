// SPDX-License-Identifier: Apache-2.0
#include "collector/control/services.h"

#include <gtest/gtest.h>

#include "collector/control/assemble.h"
#include "collector/control/control_book.h"
#include "tests/unit/collector/control/sample_message.h"

namespace taster::control {
namespace {

using Kind = store::ControlRow::Kind;

// A check of 198.51.101.1 for www.example.
store::MeasurementRow Check(judge::Outcome outcome,
                            const std::string& redirect_host = "",
                            std::uint16_t port = 443) {
  store::MeasurementRow row = Measured("www.example.", {});
  judge::Asked& asked = row.asked;
  asked.role = judge::QuestionRole::kCheck;
  asked.server_kind = judge::ServerKind::kHost;
  asked.transport = judge::Transport::kHttps;
  asked.server = net::Endpoint{*net::IpAddress::Parse("198.51.101.1"), port};
  asked.outcome = outcome;
  asked.service = {
      .connected = true, .http_status = 302, .redirect_host = redirect_host};
  return row;
}

TEST(CheckRow, SaysWhoseTheAddressIs) {
  const auto served = CheckRow(Check(judge::Outcome::kServed, "tom.test"), 7);
  ASSERT_TRUE(served);
  EXPECT_EQ(served->kind, Kind::kServed);
  EXPECT_EQ(served->qname, "www.example.");
  EXPECT_EQ(served->address, net::IpAddress::Parse("198.51.101.1"));
  EXPECT_EQ(served->port, 443);
  EXPECT_EQ(served->http_status, 302);
  EXPECT_EQ(served->redirect_domain, "tom.test");
  const auto unserved = CheckRow(Check(judge::Outcome::kCertificate), 7);
  ASSERT_TRUE(unserved);
  EXPECT_EQ(unserved->kind, Kind::kUnserved);
}

TEST(CheckRow, OutagesAndQuestionsTeachNothing) {
  EXPECT_FALSE(CheckRow(Check(judge::Outcome::kTimeout), 7));
  EXPECT_FALSE(CheckRow(Check(judge::Outcome::kReset), 7));
  EXPECT_FALSE(CheckRow(Measured("www.example.", {}), 7));
}

TEST(RedirectDomain, IsAnothersOnly) {
  const auto led_to = [](const std::string& host) {
    return RedirectDomain(Check(judge::Outcome::kServed, host).asked);
  };
  EXPECT_EQ(led_to("skype.tom.test"), "tom.test");
  EXPECT_EQ(led_to("login.www.example"), "");
  EXPECT_EQ(led_to(""), "");
  EXPECT_EQ(led_to(".."), "");
}

// What the case of these rows is held against.
judge::Case CaseOf(const ControlBook& book,
                   std::vector<store::MeasurementRow> rows) {
  static const judge::Reference kReference;
  std::vector<judge::Asked> asked;
  for (const store::MeasurementRow& row : rows) asked.push_back(row.asked);
  return Assemble(std::move(asked), {.book = book, .reference = kReference},
                  {.network = {}, .day = {}});
}

TEST(ServiceCase, HoldsOwnChecksAndThoseOfControls) {
  static const judge::PrefixTable kNone;
  ControlBook book(&kNone);
  ASSERT_EQ(book.Learn(ControlRows(Check(judge::Outcome::kServed), 7)).size(),
            1);
  EXPECT_TRUE(
      book.Learn(ControlRows(Check(judge::Outcome::kServed), 7)).empty());
  const auto set =
      CaseOf(book, {Check(judge::Outcome::kCertificate, "skype.tom.test", 993),
                    Measured("www.example.", {})});
  ASSERT_EQ(set.endpoints.size(), 2);
  EXPECT_FALSE(set.endpoints[0].from_control);
  EXPECT_EQ(set.endpoints[0].port, 993);
  EXPECT_EQ(set.endpoints[0].result,
            judge::EndpointCheck::Result::kCertificateInvalid);
  EXPECT_TRUE(set.endpoints[1].from_control);
  EXPECT_EQ(set.endpoints[1].result,
            judge::EndpointCheck::Result::kCertificateValid);
  EXPECT_EQ(set.asked[0].service.redirect_domain, "tom.test");
}

}  // namespace
}  // namespace taster::control
