// SPDX-License-Identifier: Apache-2.0
// The bytes of forged messages.
#include "tests/lab/censor/forgery.h"

#include <gtest/gtest.h>

#include "tests/unit/lab/queries.h"

namespace taster::lab {
namespace {

TEST(ForgeryTest, CopiesTheQuestionPointsAtItAndLeavesOptOut) {
  const Bytes query = MakeMessage({.name = "BoTh.test"});
  const Forgery forgery{.flags = 0x8180, .rr_ttl = 90, .rdata = {1, 2, 3, 4}};
  Bytes want(query.begin(), query.end() - 11);
  want[2] = 0x81;
  want[3] = 0x80;
  want[7] = 1;   // ANCOUNT
  want[11] = 0;  // ARCOUNT
  const Bytes answer{0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 0, 90, 0, 4, 1, 2, 3, 4};
  want.insert(want.end(), answer.begin(), answer.end());
  EXPECT_EQ(BuildMessage(*ParseQuestion(query), forgery), want);
}

TEST(ForgeryTest, WritesTheOwnerOutForInjectorOne) {
  const Bytes query = MakeMessage({.name = "google.test"});
  const Forgery forgery{.has_full_owner = true, .rdata = {1, 2, 3, 4}};
  const Bytes message = BuildMessage(*ParseQuestion(query), forgery);
  const std::size_t qname_bytes = EncodeName("google.test").size();
  EXPECT_EQ(message.size(), 12 + 2 * qname_bytes + 4 + 14);
}

TEST(ForgeryTest, WritesHttpsRdata) {
  const Bytes without_ipv6{0,   1, 0, 0, 1, 0, 3, 2, 'h',
                           '2', 0, 4, 0, 4, 1, 2, 3, 4};
  EXPECT_EQ(BuildHttpsRdata({1, 2, 3, 4}, std::nullopt), without_ipv6);
  Bytes with_ipv6 = without_ipv6;
  const Bytes hint{0, 6, 0, 16, 0x20, 0x01, 0, 0, 0, 0,
                   0, 0, 0, 0,  0,    0,    5, 6, 7, 8};
  with_ipv6.insert(with_ipv6.end(), hint.begin(), hint.end());
  EXPECT_EQ(BuildHttpsRdata({1, 2, 3, 4}, EmbedInTeredo({5, 6, 7, 8})),
            with_ipv6);
}

}  // namespace
}  // namespace taster::lab
