// SPDX-License-Identifier: Apache-2.0
// What NSEC and NSEC3 records prove.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collector/control/dnssec/validate.h"
#include "proto/dns/constants.h"
#include "tests/unit/collector/control/dnssec/signed_world.h"

namespace taster::control::dnssec {
namespace {

using ::testing::HasSubstr;

constexpr char kZone[] = "signed.test.";
const std::vector<std::string> kZones = {".", "test.", "signed.test."};
const Hashing kHashing{.zone = "signed.test."};

class Absent : public ::testing::Test {
 protected:
  Records Denials(const std::vector<std::string>& lines,
                  const std::string& zone = kZone) {
    Records records;
    for (const std::string& line : lines) {
      records = records + world_.Sign({line}, {.zone = zone});
    }
    return records;
  }
  Conclusion Prove(const std::string& answer,
                   const std::vector<std::string>& zones = kZones,
                   const std::vector<std::string>& more = {}) {
    std::vector<std::string> links = world_.Zones(zones);
    links.insert(links.begin(), answer);
    links.insert(links.end(), more.begin(), more.end());
    return Validate(ChainOf(links), kNow, world_.anchors()).conclusion;
  }
  // NODATA or NXDOMAIN for an address of `name`, by these lines.
  Result Denied(const std::string& name, std::uint8_t rcode,
                const std::vector<std::string>& lines) {
    return Prove(Message(name, dns::kTypeA,
                         {.authority = Denials(lines), .rcode = rcode}))
        .result;
  }

  SignedWorld world_;
};

TEST_F(Absent, NodataByNsec) {
  const auto denied = [&](const std::string& line) {
    return Denied("mx.signed.test.", 0, {line});
  };
  EXPECT_EQ(denied("mx.signed.test. 60 IN NSEC ns.signed.test. MX RRSIG NSEC"),
            Result::kSecure);
  EXPECT_EQ(denied("mx.signed.test. 60 IN NSEC ns.signed.test. A RRSIG NSEC"),
            Result::kBogus);
  EXPECT_EQ(
      denied("mx.signed.test. 60 IN NSEC ns.signed.test. CNAME RRSIG NSEC"),
      Result::kBogus);
  // Only names below it are there.
  EXPECT_EQ(denied("a.signed.test. 60 IN NSEC b.mx.signed.test. A RRSIG NSEC"),
            Result::kSecure);
  // The upper side of a cut says nothing of what is below (RFC 6840 section
  // 4.1).
  EXPECT_EQ(denied("mx.signed.test. 60 IN NSEC ns.signed.test. NS RRSIG NSEC"),
            Result::kBogus);
  EXPECT_EQ(denied("zz.signed.test. 60 IN NSEC signed.test. A RRSIG NSEC"),
            Result::kBogus);
}

TEST_F(Absent, NodataOfAWildcardByNsec) {
  EXPECT_EQ(Denied("x.signed.test.", 0,
                   {"m.signed.test. 60 IN NSEC z.signed.test. A RRSIG NSEC",
                    "*.signed.test. 60 IN NSEC a.signed.test. MX RRSIG NSEC"}),
            Result::kSecure);
  EXPECT_EQ(Denied("x.signed.test.", 0,
                   {"m.signed.test. 60 IN NSEC z.signed.test. A RRSIG NSEC",
                    "*.signed.test. 60 IN NSEC a.signed.test. A RRSIG NSEC"}),
            Result::kBogus);
}

TEST_F(Absent, NxdomainByNsec) {
  const std::string cover =
      "m.signed.test. 60 IN NSEC z.signed.test. A RRSIG NSEC";
  const std::string no_wildcard =
      "signed.test. 60 IN NSEC a.signed.test. SOA NS RRSIG NSEC DNSKEY";
  EXPECT_EQ(Denied("x.signed.test.", 3, {cover, no_wildcard}), Result::kSecure);
  EXPECT_EQ(Denied("x.signed.test.", 3, {cover}), Result::kBogus);
  EXPECT_EQ(Denied("a.signed.test.", 3, {cover, no_wildcard}), Result::kBogus);
  // One record covers both, the zone's last one too.
  EXPECT_EQ(Denied("zz.signed.test.", 3,
                   {"signed.test. 60 IN NSEC signed.test. SOA NS RRSIG NSEC"}),
            Result::kSecure);
}

TEST_F(Absent, ByNsec3) {
  const std::string apex =
      MatchLine(kHashing, "signed.test.", "SOA NS RRSIG DNSKEY NSEC3PARAM");
  const std::string name = CoverLine(kHashing, "x.signed.test.");
  const std::string wildcard = CoverLine(kHashing, "*.signed.test.");
  EXPECT_EQ(Denied("x.signed.test.", 3, {apex, name, wildcard}),
            Result::kSecure);
  EXPECT_EQ(Denied("x.signed.test.", 3, {apex, name}), Result::kBogus);
  EXPECT_EQ(Denied("x.signed.test.", 3, {name, wildcard}), Result::kBogus);
  EXPECT_EQ(Denied("x.signed.test.", 0,
                   {MatchLine(kHashing, "x.signed.test.", "MX RRSIG")}),
            Result::kSecure);
  EXPECT_EQ(Denied("x.signed.test.", 0,
                   {MatchLine(kHashing, "x.signed.test.", "A RRSIG")}),
            Result::kBogus);
  EXPECT_EQ(Denied("x.signed.test.", 0,
                   {apex, name, MatchLine(kHashing, "*.signed.test.", "MX")}),
            Result::kSecure);
}

TEST_F(Absent, OptOutProvesOnlyThatNothingSignedIsThere) {
  const Hashing hashing{.zone = "signed.test.", .opt_out = true};
  EXPECT_EQ(Denied("x.signed.test.", 3,
                   {MatchLine(hashing, "signed.test.", "SOA NS RRSIG"),
                    CoverLine(hashing, "x.signed.test."),
                    CoverLine(hashing, "*.signed.test.")}),
            Result::kInsecure);
}

TEST_F(Absent, ManyIterationsAreNotComputed) {
  const Hashing many{.zone = "signed.test.", .iterations = 2500};
  const Conclusion conclusion = Prove(Message(
      "x.signed.test.", dns::kTypeA,
      {.authority = Denials({MatchLine(many, "x.signed.test.", "MX")})}));
  EXPECT_EQ(conclusion.result, Result::kUnvalidated);
  EXPECT_EQ(conclusion.reason,
            "NSEC3 with 2500 iterations; at most 150 are computed");
  const Hashing most{.zone = "signed.test.", .iterations = 150};
  EXPECT_EQ(
      Denied("x.signed.test.", 0, {MatchLine(most, "x.signed.test.", "MX")}),
      Result::kSecure);
}

TEST_F(Absent, UnsignedDenialOfASignedZoneIsBogus) {
  const std::string ds = Message(
      "x.signed.test.", dns::kTypeDs,
      {.authority =
           Denials({"m.signed.test. 60 IN NSEC z.signed.test. A RRSIG NSEC"})});
  EXPECT_EQ(
      Prove(Message("x.signed.test.", dns::kTypeA, {.rcode = 3}), kZones, {ds})
          .result,
      Result::kBogus);
}

// Of plain.test., whose DS `line` is to deny; the answer is not signed.
class Unsigned : public Absent {
 protected:
  Conclusion Below(const std::string& line, const std::string& zone = "test.") {
    return Prove(Message("www.plain.test.", dns::kTypeA,
                         {.answer = world_.Sign(
                              {"www.plain.test. 60 IN A 192.0.2.1"}, {})}),
                 {".", "test."},
                 {Message("plain.test.", dns::kTypeDs,
                          {.authority = Denials({line}, zone)})});
  }
};

TEST_F(Unsigned, DelegationByNsec) {
  const Conclusion conclusion =
      Below("plain.test. 60 IN NSEC q.test. NS RRSIG NSEC");
  EXPECT_EQ(conclusion.result, Result::kInsecure);
  EXPECT_EQ(conclusion.reason, "the zone plain.test. is not signed");
  // No zone begins there, so test. should have signed; DS of www is missing.
  EXPECT_EQ(Below("plain.test. 60 IN NSEC q.test. A RRSIG NSEC").result,
            Result::kUnvalidated);
  EXPECT_EQ(Below("plain.test. 60 IN NSEC q.test. NS DS RRSIG NSEC").result,
            Result::kBogus);
  EXPECT_EQ(Below("plain.test. 60 IN NSEC q.test. NS SOA RRSIG NSEC").result,
            Result::kBogus);
  // Only the zone above may say so.
  EXPECT_EQ(Below("plain.test. 60 IN NSEC q.test. NS RRSIG NSEC", "other.test.")
                .result,
            Result::kBogus);
}

TEST_F(Unsigned, DelegationByNsec3) {
  const Hashing hashing{.zone = "test."};
  EXPECT_EQ(Below(MatchLine(hashing, "plain.test.", "NS")).result,
            Result::kInsecure);
  const Hashing many{.zone = "test.", .iterations = 2500};
  EXPECT_EQ(Below(MatchLine(many, "plain.test.", "NS")).result,
            Result::kUnvalidated);
}

TEST_F(Unsigned, DelegationThatWasOptedOut) {
  const Hashing out{.zone = "test.", .opt_out = true};
  const std::string answer =
      Message("plain.test.", dns::kTypeA,
              {.answer = world_.Sign({"plain.test. 60 IN A 192.0.2.1"}, {})});
  const auto ds = [&](const Hashing& hashing) {
    return Message("plain.test.", dns::kTypeDs,
                   {.authority = Denials({MatchLine(hashing, "test.", "SOA NS"),
                                          CoverLine(hashing, "plain.test.")},
                                         "test.")});
  };
  EXPECT_EQ(Prove(answer, {".", "test."}, {ds(out)}).result, Result::kInsecure);
  EXPECT_EQ(Prove(answer, {".", "test."}, {ds({.zone = "test."})}).result,
            Result::kBogus);
}

class Wildcards : public Absent {
 protected:
  Conclusion Expanded(const Records& authority) {
    const Records answer = Renamed(
        world_.Sign({"*.signed.test. 60 IN A 192.0.2.1"}, {.zone = kZone}),
        "*.signed.test.", "x.signed.test.");
    return Prove(Message("x.signed.test.", dns::kTypeA,
                         {.answer = answer, .authority = authority}));
  }
};

TEST_F(Wildcards, NeedProofThatNothingNearerIsThere) {
  EXPECT_EQ(Expanded(Denials({"m.signed.test. 60 IN NSEC z.signed.test. A "
                              "RRSIG NSEC"}))
                .result,
            Result::kSecure);
  EXPECT_EQ(Expanded(Denials({CoverLine(kHashing, "x.signed.test.")})).result,
            Result::kSecure);
  const Conclusion bare = Expanded({});
  EXPECT_EQ(bare.result, Result::kBogus);
  EXPECT_THAT(bare.reason, HasSubstr("nothing proves"));
  EXPECT_EQ(Expanded(Denials({"a.signed.test. 60 IN NSEC m.signed.test. A "
                              "RRSIG NSEC"}))
                .result,
            Result::kBogus);
}

TEST_F(Wildcards, AskedForThemselves) {
  EXPECT_EQ(
      Prove(Message("*.signed.test.", dns::kTypeA,
                    {.answer = world_.Sign({"*.signed.test. 60 IN A 192.0.2.1"},
                                           {.zone = kZone})}))
          .result,
      Result::kSecure);
}

TEST_F(Wildcards, DenialsOfTheirsProveNothing) {
  const Records denial = Renamed(
      Denials({"*.signed.test. 60 IN NSEC z.signed.test. MX RRSIG NSEC"}),
      "*.signed.test.", "x.signed.test.");
  const Conclusion conclusion =
      Prove(Message("x.signed.test.", dns::kTypeA, {.authority = denial}));
  EXPECT_EQ(conclusion.result, Result::kBogus);
  EXPECT_THAT(conclusion.reason, HasSubstr("expanded from a wildcard"));
}

}  // namespace
}  // namespace taster::control::dnssec
