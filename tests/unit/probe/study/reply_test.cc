// SPDX-License-Identifier: Apache-2.0
// What is read from a reply, and from what is none.
#include "probe/study/reply.h"

#include <gtest/gtest.h>

#include <array>

#include "proto/dns/query_builder.h"

namespace taster::study {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes Query() {
  std::array<std::uint8_t, dns::QueryTemplate::kMaxQueryBytes> query{};
  const auto size =
      dns::QueryTemplate::Build({.edns = false, .dnssec_ok = false})
          ->Write(7, dns::Name::Parse("WwW.ExAmple")->wire(), query);
  return {query.begin(), query.begin() + static_cast<std::ptrdiff_t>(size)};
}

// As injector 3 makes it: header, question, a pointer, one address.
Bytes Forged(const Bytes& query, std::uint16_t flags) {
  Bytes message = query;
  message[2] = static_cast<std::uint8_t>(flags >> 8);
  message[3] = static_cast<std::uint8_t>(flags);
  message[7] = 1;
  for (const int byte :
       {0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 99, 0, 4, 8, 7, 198, 45}) {
    message.push_back(static_cast<std::uint8_t>(byte));
  }
  return message;
}

TEST(Reply, TakesAForgeryApart) {
  const auto query = Query();
  const auto reply =
      ReadReply(Forged(query, 0x8180), query,
                {.ip_ttl = 61, .dont_fragment = false, .ip_id_zero = true});
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->flags, 0x8180);
  EXPECT_EQ(reply->rr_type, 1);
  EXPECT_EQ(reply->rr_ttl, 99u);
  EXPECT_TRUE(reply->case_kept);
  EXPECT_FALSE(reply->has_opt);
  EXPECT_EQ(reply->ip_ttl, 61);
  ASSERT_EQ(reply->addresses.size(), 1u);
  EXPECT_EQ(reply->addresses.front().ToString(), "8.7.198.45");
  EXPECT_FALSE(reply->fingerprint.authoritative);
  EXPECT_FALSE(reply->fingerprint.full_owner);
  EXPECT_TRUE(reply->fingerprint.answers);
}

TEST(Reply, OtherFlagsSameSender) {
  const auto query = Query();
  const Carrier carrier{
      .ip_ttl = {}, .dont_fragment = false, .ip_id_zero = true};
  const auto one = ReadReply(Forged(query, 0x8180), query, carrier);
  const auto other = ReadReply(Forged(query, 0x8400), query, carrier);
  EXPECT_NE(one->fingerprint, other->fingerprint);
  EXPECT_TRUE(one->fingerprint.SameSender(other->fingerprint));
}

TEST(Reply, LetterCaseIsCompared) {
  const auto query = Query();
  auto message = Forged(query, 0x8180);
  for (auto& byte : message) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<std::uint8_t>(byte + 32);
  }
  EXPECT_FALSE(ReadReply(message, query, {})->case_kept);
}

TEST(Reply, AnythingMayArrive) {
  const auto query = Query();
  EXPECT_FALSE(ReadReply({}, query, {}));
  auto message = Forged(query, 0x8180);
  while (!message.empty()) {
    message.pop_back();
    ReadReply(message, query, {});
    ReadReply(message, {}, {});
  }
}

}  // namespace
}  // namespace taster::study
