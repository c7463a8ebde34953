// SPDX-License-Identifier: Apache-2.0
// What proves an answer, and what does not.
#include "collector/control/dnssec/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "collector/control/dnssec/crypto.h"
#include "collector/control/dnssec/verification.h"
#include "proto/dns/constants.h"
#include "tests/unit/collector/control/dnssec/signed_world.h"

namespace taster::control::dnssec {
namespace {

using ::testing::HasSubstr;

constexpr char kName[] = "www.signed.test.";
constexpr char kLine[] = "www.signed.test. 300 IN A 192.0.2.1";
constexpr char kZone[] = "signed.test.";
const std::vector<std::string> kZones = {".", "test.", "signed.test."};

class Validating : public ::testing::Test {
 protected:
  // The answer behind which the zones' links stand.
  Proof Prove(const std::string& answer, std::vector<std::string> links) {
    links.insert(links.begin(), answer);
    return Validate(ChainOf(links), time_, world_.anchors());
  }
  Proof Prove(const Records& answer) {
    return Prove(Message(kName, dns::kTypeA, {.answer = answer}),
                 world_.Zones(kZones));
  }

  SignedWorld world_;
  Seconds time_ = kNow;
};

TEST_F(Validating, FollowsTheChainToTheRoot) {
  const Proof proof = Prove(world_.Sign({kLine}, {.zone = kZone}));
  EXPECT_EQ(proof.conclusion, (Conclusion{Result::kSecure, ""}));
  for (const Conclusion& link : proof.links) EXPECT_TRUE(link.is_secure());
  EXPECT_EQ(proof.links.size(), 6u);
  EXPECT_EQ(proof.signature_checks, 6);
  EXPECT_EQ(proof.valid_from, kNow - std::chrono::days(1));
  EXPECT_EQ(proof.valid_until, kNow + std::chrono::days(7));
}

TEST(Algorithms, AreThoseThatZonesUse) {
  for (const auto algorithm :
       std::to_array<std::uint8_t>({8, 10, 13, 14, 15, 16})) {
    SignedWorld world(algorithm);
    std::vector<std::string> links = world.Zones(kZones);
    links.insert(links.begin(),
                 Message(kName, dns::kTypeA,
                         {.answer = world.Sign({kLine}, {.zone = kZone})}));
    const Proof proof = Validate(ChainOf(links), kNow, world.anchors());
    EXPECT_TRUE(proof.conclusion.is_secure())
        << int{algorithm} << ": " << proof.conclusion.reason;
  }
}

TEST_F(Validating, IgnoresLetterCaseAndOrder) {
  const Records answer = world_.Sign({"WWW.Signed.TEST. 300 IN A 192.0.2.9",
                                      "www.SIGNED.test. 200 IN A 192.0.2.1"},
                                     {.zone = kZone});
  EXPECT_TRUE(Prove(answer).conclusion.is_secure());
}

TEST_F(Validating, TheMeasurementsTimeCounts) {
  const Records answer = world_.Sign({kLine}, {.zone = kZone});
  time_ = kNow + std::chrono::days(8);
  EXPECT_EQ(Prove(answer).conclusion.result, Result::kBogus);
  EXPECT_THAT(Prove(answer).conclusion.reason,
              HasSubstr("expired on 2026-11-29"));
  time_ = kNow - std::chrono::days(2);
  EXPECT_EQ(Prove(answer).conclusion.result, Result::kBogus);
  EXPECT_THAT(Prove(answer).conclusion.reason,
              HasSubstr("begins to be valid on 2026-11-21"));
}

TEST_F(Validating, ExpiredSignatureOfTheAnswerAlone) {
  const Records answer =
      world_.Sign({kLine}, {.zone = kZone, .until = std::chrono::seconds(-1)});
  const Proof proof = Prove(answer);
  EXPECT_EQ(proof.conclusion.result, Result::kBogus);
  EXPECT_THAT(proof.conclusion.reason, HasSubstr("expired"));
  EXPECT_TRUE(proof.links.back().is_secure());
}

TEST_F(Validating, ChangedAddressIsBogus) {
  Records answer = world_.Sign({kLine}, {.zone = kZone});
  answer.front().back() ^= 1;
  const Proof proof = Prove(answer);
  EXPECT_EQ(proof.conclusion.result, Result::kBogus);
  EXPECT_THAT(proof.conclusion.reason, HasSubstr("is wrong"));
}

TEST_F(Validating, UnsignedAnswerOfASignedZoneIsBogus) {
  std::vector<std::string> links = world_.Zones(kZones);
  links.push_back(Message(
      kName, dns::kTypeDs,
      {.authority = world_.Sign(
           {"www.signed.test. 60 IN NSEC zzz.signed.test. A RRSIG NSEC"},
           {.zone = kZone})}));
  const std::string answer =
      Message(kName, dns::kTypeA, {.answer = world_.Sign({kLine}, {})});
  const Proof proof = Prove(answer, links);
  EXPECT_EQ(proof.conclusion.result, Result::kBogus);
  EXPECT_THAT(proof.conclusion.reason,
              HasSubstr("is not signed, but its zone"));
}

TEST_F(Validating, StrangersSignaturesCountForNothing) {
  EXPECT_EQ(
      Prove(world_.Sign({kLine}, {.zone = "other.test."})).conclusion.result,
      Result::kBogus);
  // Another world's keys under the same names.
  SignedWorld other;
  const Proof proof = Validate(
      ChainOf({Message(kName, dns::kTypeA,
                       {.answer = other.Sign({kLine}, {.zone = kZone})}),
               other.KeyMessage("."), other.DsMessage("test.", "."),
               other.KeyMessage("test."), other.DsMessage(kZone, "test."),
               other.KeyMessage(kZone)}),
      kNow, world_.anchors());
  EXPECT_EQ(proof.conclusion.result, Result::kBogus);
  EXPECT_THAT(proof.conclusion.reason, HasSubstr("has a digest above it"));
}

TEST_F(Validating, WhatIsMissingIsNotBogus) {
  const std::string answer = Message(
      kName, dns::kTypeA, {.answer = world_.Sign({kLine}, {.zone = kZone})});
  const std::vector<std::string> all = world_.Zones(kZones);
  const std::vector<std::string> reasons = {
      "no DNSKEY of .", "no DS of test.", "no DNSKEY of test.",
      "no DS of signed.test.", "no DNSKEY of signed.test."};
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<std::string> links = all;
    links.erase(links.begin() + static_cast<long>(i));
    const Conclusion conclusion = Prove(answer, links).conclusion;
    EXPECT_EQ(conclusion.result, Result::kUnvalidated) << i;
    EXPECT_EQ(conclusion.reason, reasons[i]);
  }
}

TEST_F(Validating, ServersErrorsSayNothing) {
  const Proof proof =
      Prove(Message(kName, dns::kTypeA, {.rcode = dns::kRcodeServFail}), {});
  EXPECT_EQ(proof.conclusion.result, Result::kUnvalidated);
  std::vector<std::string> links = world_.Zones({".", "test."});
  links.push_back(Message(kZone, dns::kTypeDs, {.rcode = dns::kRcodeServFail}));
  EXPECT_EQ(
      Prove(Message(kName, dns::kTypeA, {.answer = world_.Sign({kLine}, {})}),
            links)
          .conclusion.reason,
      "DS of signed.test.: SERVFAIL");
}

TEST_F(Validating, UnknownAlgorithmIsNotJudged) {
  std::vector<std::string> links = world_.Zones({".", "test."});
  links.push_back(Message(
      kZone, dns::kTypeDs,
      {.answer =
           world_.Sign({"signed.test. 60 IN DS 1 5 2 " + std::string(64, '0')},
                       {.zone = "test."})}));
  const Proof proof =
      Prove(Message(kName, dns::kTypeA,
                    {.answer = world_.Sign({kLine}, {.zone = kZone})}),
            links);
  EXPECT_EQ(proof.conclusion.result, Result::kUnvalidated);
  EXPECT_THAT(proof.conclusion.reason, HasSubstr("algorithm that is known"));
}

TEST_F(Validating, SameChainSameProof) {
  const Records answer = world_.Sign({kLine}, {.zone = kZone});
  std::vector<std::string> links = world_.Zones(kZones);
  links.insert(links.begin(), Message(kName, dns::kTypeA, {.answer = answer}));
  const Chain chain = ChainOf(links);
  const std::string stored = WriteChain(chain);
  const auto again = ReadChain(
      {reinterpret_cast<const std::uint8_t*>(stored.data()), stored.size()});
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(WriteChain(*again), stored);
  EXPECT_EQ(Validate(*again, kNow, world_.anchors()),
            Validate(chain, kNow, world_.anchors()));
}

// One set of a message with these records, as they are published somewhere.
Rrset SetOf(const std::vector<std::string>& lines, const std::string& owner,
            std::uint16_t type) {
  SignedWorld world;
  Records records;
  for (const std::string& line : lines) {
    records = records + world.Sign({line}, {});
  }
  const Chain chain = ChainOf({Message(owner, type, {.answer = records})});
  return chain.front().answer.front();
}

void ExpectPublished(const std::string& key, const std::string& ds,
                     const std::vector<std::string>& set, Seconds then) {
  const std::string zone = key.substr(0, key.find(' '));
  const std::string owner = set.front().substr(0, set.front().find(' '));
  const Rrset keys = SetOf({key}, zone, dns::kTypeDnskey);
  const auto read = ReadKey(keys.rdata.front());
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(IsDigestOf(SetOf({ds}, zone, dns::kTypeDs).rdata.front(),
                         keys.owner, *read));
  const Rrset signed_set = SetOf(set, owner, dns::kTypeA);
  const ZoneKeys of_zone{keys.owner, {*read}};
  EXPECT_TRUE(
      Verification(then).Verify(signed_set, of_zone, nullptr).is_secure());
  EXPECT_EQ(Verification(kNow).Verify(signed_set, of_zone, nullptr).result,
            Result::kBogus);
}

TEST(Published, ExamplesOfStandardsVerify) {
  using std::chrono::sys_days;
  using std::chrono::year;
  // RFC 6605 section 6.1.
  ExpectPublished(
      "example.net. 3600 IN DNSKEY 257 3 13 "
      "GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeex"
      "v7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==",
      "example.net. 3600 IN DS 55648 13 2 "
      "b4c8c1fe2e7477127b27115656ad6256f42462"
      "5bf5c1e2770ce6d6e37df61d17",
      {"www.example.net. 3600 IN A 192.0.2.1",
       "www.example.net. 3600 IN RRSIG A 13 3 3600 20100909100439 "
       "20100812100439 "
       "55648 example.net. "
       "qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNru"
       "PFKG7tZoLBLlUzGGus7ZwmwWep666VCw=="},
      sys_days(year(2010) / 9 / 1));
}

}  // namespace
}  // namespace taster::control::dnssec
