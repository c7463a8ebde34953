// SPDX-License-Identifier: Apache-2.0
// Chains that are meant to cost work, or to lead astray.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "collector/control/dnssec/crypto.h"
#include "collector/control/dnssec/validate.h"
#include "collector/control/dnssec/verification.h"
#include "collector/control/dnssec/wire_writer.h"
#include "proto/dns/constants.h"
#include "proto/net/bytes_of.h"
#include "tests/unit/collector/control/dnssec/signed_world.h"

namespace taster::control::dnssec {
namespace {

using ::testing::HasSubstr;

constexpr char kName[] = "www.signed.test.";
constexpr char kZone[] = "signed.test.";
const std::vector<std::string> kZones = {".", "test.", "signed.test."};

class Hostile : public ::testing::Test {
 protected:
  Proof Prove(const Chain& chain) {
    return Validate(chain, kNow, world_.anchors());
  }
  Chain ChainFor(const Records& answer) {
    std::vector<std::string> links = world_.Zones(kZones);
    links.insert(links.begin(),
                 Message(kName, dns::kTypeA, {.answer = answer}));
    return ChainOf(links);
  }
  Chain GoodChain() {
    return ChainFor(
        world_.Sign({"www.signed.test. 300 IN A 192.0.2.1"}, {.zone = kZone}));
  }

  SignedWorld world_;
};

TEST_F(Hostile, WrongSignaturesAreCheckedSixteenTimes) {
  Chain chain = GoodChain();
  Rrset& answer = chain.front().answer.front();
  const Signature good = answer.signatures.front();
  answer.signatures.clear();
  for (int i = 0; i < 40; ++i) {
    answer.signatures.push_back(good);
    answer.signatures.back().signature[5] = static_cast<char>(i);
    answer.signatures.back().signature[6] =
        static_cast<char>(~good.signature[6]);
  }
  const Proof proof = Prove(chain);
  EXPECT_EQ(proof.conclusion.result, Result::kUnvalidated);
  EXPECT_EQ(proof.conclusion.reason, "too many signatures to check");
  EXPECT_EQ(proof.signature_checks, 5 + Verification::kMaxChecksALink);
}

// Other keys of the same tag: the tag is a sum, so words may change places.
std::vector<std::string> KeysOfOneTag(const std::string& rdata, int count) {
  std::vector<std::string> keys = {rdata};
  for (int i = 1; i < count; ++i) {
    std::string other = rdata;
    std::swap_ranges(other.begin() + 4, other.begin() + 6,
                     other.begin() + 4 + 2 * i);
    keys.push_back(other);
  }
  return keys;
}

TEST_F(Hostile, CollidingKeysAreTriedFourTimes) {
  Verification verification(kNow);
  Chain chain = GoodChain();
  const Link* link =
      FindLink(chain, *dns::Name::Parse(kZone), dns::kTypeDnskey);
  ASSERT_NE(link, nullptr);
  const std::string rdata = link->answer.front().rdata.front();
  ZoneKeys keys{*dns::Name::Parse(kZone), {}};
  for (const std::string& other : KeysOfOneTag(rdata, 6)) {
    keys.keys.push_back(*ReadKey(other));
    EXPECT_EQ(keys.keys.back().tag, keys.keys.front().tag);
  }
  // The true one is tried last.
  std::ranges::reverse(keys.keys);
  const Conclusion conclusion =
      verification.Verify(chain.front().answer.front(), keys, nullptr);
  EXPECT_EQ(conclusion.result, Result::kUnvalidated);
  EXPECT_THAT(conclusion.reason, HasSubstr("more than 4 keys of signed.test."));
  EXPECT_EQ(verification.checks(), Verification::kMaxKeysATag);
}

TEST_F(Hostile, WholeProofsAreBoundedToo) {
  // Every link of a long chain of aliases fails as often as it may.
  Verification verification(kNow);
  const Chain chain = GoodChain();
  Rrset set = chain.front().answer.front();
  ZoneKeys keys{
      *dns::Name::Parse(kZone),
      {*ReadKey(FindLink(chain, *dns::Name::Parse(kZone), dns::kTypeDnskey)
                    ->answer.front()
                    .rdata.front())}};
  set.signatures.front().signature[9] =
      static_cast<char>(~set.signatures.front().signature[9]);
  for (int i = 0; i < 1000; ++i) {
    verification.BeginLink();
    EXPECT_FALSE(verification.Verify(set, keys, nullptr).is_secure());
  }
  EXPECT_EQ(verification.checks(), Verification::kMaxChecks);
}

class Aliases : public Hostile {
 protected:
  Records Alias(const std::string& from, const std::string& to) {
    return world_.Sign({from + kZone + " 60 IN CNAME " + to + kZone},
                       {.zone = kZone});
  }
  Records Address(const std::string& of) {
    return world_.Sign({of + kZone + " 60 IN A 192.0.2.7"}, {.zone = kZone});
  }
};

TEST_F(Aliases, AreFollowed) {
  EXPECT_TRUE(
      Prove(ChainFor(Alias("www.", "a.") + Alias("a.", "b.") + Address("b.")))
          .conclusion.is_secure());
}

TEST_F(Aliases, ThatLoopEnd) {
  const Conclusion loop =
      Prove(ChainFor(Alias("www.", "a.") + Alias("a.", "www."))).conclusion;
  EXPECT_EQ(loop.result, Result::kUnvalidated);
  EXPECT_EQ(loop.reason, "aliases lead back to www.signed.test.");
  EXPECT_EQ(Prove(ChainFor(Alias("www.", "www."))).conclusion.reason,
            "aliases lead back to www.signed.test.");
}

TEST_F(Aliases, AreFollowedEightTimes) {
  Records records = Alias("www.", "a0.");
  for (int i = 0; i < 7; ++i) {
    records = records + Alias("a" + std::to_string(i) + ".",
                              "a" + std::to_string(i + 1) + ".");
  }
  EXPECT_TRUE(Prove(ChainFor(records + Address("a7."))).conclusion.is_secure());
  EXPECT_EQ(Prove(ChainFor(records + Alias("a7.", "a8.") + Address("a8.")))
                .conclusion.reason,
            "more than 8 aliases");
}

TEST_F(Aliases, IntoAnUnsignedZoneAreInsecure) {
  std::vector<std::string> links = world_.Zones(kZones);
  links.push_back(Message("plain.test.", dns::kTypeDs,
                          {.authority = world_.Sign(
                               {"plain.test. 60 IN NSEC q.test. NS RRSIG NSEC"},
                               {.zone = "test."})}));
  const Records answer =
      world_.Sign({"www.signed.test. 60 IN CNAME cdn.plain.test."},
                  {.zone = kZone}) +
      world_.Sign({"cdn.plain.test. 60 IN A 192.0.2.1"}, {});
  links.insert(links.begin(), Message(kName, dns::kTypeA, {.answer = answer}));
  EXPECT_EQ(Prove(ChainOf(links)).conclusion.result, Result::kInsecure);
  // A forger's alias is not signed.
  const Records forged =
      world_.Sign({"www.signed.test. 60 IN CNAME cdn.plain.test."}, {}) +
      world_.Sign({"cdn.plain.test. 60 IN A 192.0.2.1"}, {});
  links.front() = Message(kName, dns::kTypeA, {.answer = forged});
  links.push_back(Message(
      kName, dns::kTypeDs,
      {.authority = world_.Sign(
           {"www.signed.test. 60 IN NSEC x.signed.test. CNAME RRSIG NSEC"},
           {.zone = kZone})}));
  EXPECT_EQ(Prove(ChainOf(links)).conclusion.result, Result::kBogus);
}

TEST_F(Aliases, OfWholeTrees) {
  const Records answer =
      world_.Sign({"signed.test. 60 IN DNAME other.test."}, {.zone = kZone}) +
      world_.Sign({"www.signed.test. 60 IN CNAME www.other.test."}, {}) +
      world_.Sign({"www.other.test. 60 IN A 192.0.2.1"},
                  {.zone = "other.test."});
  std::vector<std::string> links = world_.Zones(kZones);
  links.push_back(world_.DsMessage("other.test.", "test."));
  links.push_back(world_.KeyMessage("other.test."));
  links.insert(links.begin(), Message(kName, dns::kTypeA, {.answer = answer}));
  EXPECT_EQ(Prove(ChainOf(links)).conclusion,
            (Conclusion{Result::kSecure, ""}));
}

TEST_F(Hostile, GarbageIsNoChain) {
  const std::string bytes = WriteChain(GoodChain());
  EXPECT_TRUE(ReadChain(net::BytesOf(bytes)).has_value());
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    const auto cut = ReadChain(net::BytesOf(bytes).first(size));
    EXPECT_LT(cut ? cut->size() : 0, 6u);
  }
  EXPECT_FALSE(ReadChain(net::BytesOf(std::string(40, '\0'))).has_value());
  EXPECT_FALSE(ReadChain({}).has_value());
  EXPECT_FALSE(ReadLink(net::BytesOf(std::string("\0\0", 2))).has_value());
}

TEST_F(Hostile, TooMuchIsNoChain) {
  std::string bytes;
  const std::string good = WriteChain(GoodChain());
  while (bytes.size() <= kMaxChainBytes) bytes += good;
  EXPECT_FALSE(ReadChain(net::BytesOf(bytes)).has_value());
  std::string small;
  const std::string empty = Message(kName, dns::kTypeA, {});
  for (std::size_t i = 0; i <= kMaxLinks; ++i) {
    Append16(static_cast<std::uint16_t>(empty.size()), &small);
    small += empty;
  }
  EXPECT_FALSE(ReadChain(net::BytesOf(small)).has_value());
}

TEST_F(Hostile, KeysThatCostTooMuchAreNone) {
  // An exponent of 16 bytes.
  std::string rdata{1, 1, 3, 8, 16};
  rdata += std::string(16, '\xff') + std::string(256, '\x55');
  const auto key = ReadKey(rdata);
  ASSERT_TRUE(key.has_value());
  Rrset set = GoodChain().front().answer.front();
  set.signatures.front().algorithm = 8;
  EXPECT_FALSE(Verifies(set, set.signatures.front(), *key));
  EXPECT_FALSE(ReadKey("\1\1\3\10").has_value());
}

TEST(Anchors, AreTheRootsKeys) {
  const TrustAnchors anchors = RootAnchors();
  ASSERT_EQ(anchors.size(), 2u);
  for (const std::string& anchor : anchors) EXPECT_EQ(anchor.size(), 36u);
  EXPECT_THAT(AnchorsForDelv(anchors),
              HasSubstr(". static-ds 20326 8 2 \"E06D44B80B8F1D39A95C0B0D7C65D0"
                        "8458E880409BBC683457104237C7F8EC8D\";"));
}

}  // namespace
}  // namespace taster::control::dnssec
