// SPDX-License-Identifier: Apache-2.0
// Proofs hold for the days on which their signatures do.
#include "collector/control/proof_book.h"

#include <gtest/gtest.h>

#include <memory>

#include "collector/control/assemble.h"
#include "collector/control/control_book.h"
#include "proto/dns/constants.h"

namespace taster::control {
namespace {

using std::chrono::days;

constexpr char kName[] = "www.signed.test.";
constexpr store::Time kNow{
    std::chrono::sys_days{std::chrono::year(2026) / 11 / 22}};

TEST(ProofBooks, HoldForTheDaysOfTheirSignatures) {
  ProofBook book;
  store::ProofRow row{.qname = kName,
                      .qtype = dns::kTypeA,
                      .measure_time = kNow,
                      .result = 1,
                      .reason = {},
                      .validity = store::Validity{kNow, kNow + days(7)},
                      .links = {}};
  EXPECT_TRUE(book.Learn(row));
  EXPECT_FALSE(book.Learn(row));
  const auto today = std::chrono::floor<days>(kNow);
  const auto control = std::make_shared<const judge::Control>();
  const auto is_proved = [&](auto day, std::uint16_t qtype = dns::kTypeA) {
    return book.Authenticate(kName, qtype, day, control)->authenticated;
  };
  EXPECT_TRUE(is_proved(today));
  EXPECT_TRUE(is_proved(today + days(7)));
  EXPECT_FALSE(is_proved(today - days(1)));
  EXPECT_FALSE(is_proved(today + days(8)));
  EXPECT_FALSE(is_proved(today, dns::kTypeAaaa));
  EXPECT_EQ(book.Authenticate(kName, dns::kTypeA, today, nullptr), nullptr);
  // The same value, so that nobody copies it twice.
  EXPECT_EQ(book.Authenticate(kName, dns::kTypeA, today, control),
            book.Authenticate(kName, dns::kTypeA, today, control));
  row.validity = store::Validity{kNow + days(20), kNow + days(21)};
  EXPECT_TRUE(book.Learn(row));
  EXPECT_FALSE(is_proved(today + days(10)));
  row.validity = store::Validity{kNow + days(5), kNow + days(19)};
  EXPECT_TRUE(book.Learn(row));
  EXPECT_TRUE(is_proved(today + days(10)));
  row.validity = store::Validity{kNow, kNow + days(21)};
  EXPECT_FALSE(book.Learn(row));
  EXPECT_EQ(book.size(), 1u);
  row.result = 3;
  row.qname = "other.test.";
  EXPECT_FALSE(book.Learn(row));
}

TEST(ProofBooks, CasesAreJudgedByTheProofsOfTheirDay) {
  const judge::PrefixTable nobody;
  ControlBook book(&nobody);
  book.Learn({{.qname = kName,
               .qtype = dns::kTypeA,
               .kind = store::ControlRow::Kind::kAddress,
               .address = net::IpAddress::FromV4(0xc0000201),
               .vantage_id = 7,
               .seen_time = kNow}});
  book.proofs().Learn({.qname = kName,
                       .qtype = dns::kTypeA,
                       .measure_time = kNow,
                       .result = 1,
                       .reason = {},
                       .validity = store::Validity{kNow, kNow + days(7)},
                       .links = {}});
  const judge::Reference reference;
  judge::Asked asked;
  asked.qname = *dns::Name::Parse(kName);
  asked.qtype = dns::kTypeA;
  const auto is_proved = [&](std::chrono::sys_days day) {
    const judge::Case set =
        Assemble({asked}, {.book = book, .reference = reference},
                 {.network = {}, .day = day});
    return set.asked[0].control->authenticated;
  };
  const auto today = std::chrono::floor<days>(kNow);
  EXPECT_TRUE(is_proved(today));
  // The truth of today is none of eleven years ago.
  EXPECT_FALSE(is_proved(today - days(4000)));
}

}  // namespace
}  // namespace taster::control
