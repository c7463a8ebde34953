// SPDX-License-Identifier: Apache-2.0
// From what controls were answered to what is proved.
#include "collector/control/prover.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collector/control/dnssec/validate.h"
#include "proto/dns/constants.h"
#include "proto/net/bytes_of.h"
#include "tests/unit/collector/control/dnssec/signed_world.h"

namespace taster::control {
namespace {

using dnssec::kNow;
using dnssec::Message;
using dnssec::operator+;
using dnssec::Result;
using std::chrono::days;

constexpr char kZone[] = "signed.test.";
constexpr char kName[] = "www.signed.test.";

class Proving : public ::testing::Test {
 protected:
  WitnessedLink Witness(const std::string& message, bool is_answer,
                        std::int64_t vantage = 7) {
    return {.vantage_id = vantage,
            .time = kNow + std::chrono::hours(1),
            .is_answer = is_answer,
            .link = *dnssec::ReadLink(net::BytesOf(message))};
  }
  WitnessedLink Answer(const dnssec::Records& records) {
    return Witness(Message(kName, dns::kTypeA, {.answer = records}), true);
  }
  WitnessedLink TrueAnswer() {
    return Answer(
        world_.Sign({"www.signed.test. 60 IN A 192.0.2.1"}, {.zone = kZone}));
  }
  WitnessedLink ForgedAnswer() {
    return Answer(world_.Sign({"www.signed.test. 60 IN A 192.0.2.66"}, {}));
  }
  std::vector<WitnessedLink> Keys() {
    std::vector<WitnessedLink> links;
    for (const std::string& message : world_.Zones({".", "test.", kZone})) {
      links.push_back(Witness(message, false));
    }
    links.push_back(Witness(
        Message(kName, dns::kTypeDs,
                {.authority = world_.Sign(
                     {"www.signed.test. 60 IN NSEC z.signed.test. A RRSIG"},
                     {.zone = kZone})}),
        false));
    links.push_back(Witness(Message(kName, dns::kTypeDnskey, {}), false));
    return links;
  }
  ProverEdges Edges() {
    return {.validate =
                [this](const dnssec::Chain& chain, dnssec::Seconds time) {
                  return dnssec::Validate(chain, time, world_.anchors());
                },
            .put =
                [this](const std::vector<store::ProofRow>& rows) {
                  rows_.insert(rows_.end(), rows.begin(), rows.end());
                  return put_status_;
                },
            .load = [this](const std::vector<store::ProofLink>& questions)
                -> absl::StatusOr<std::vector<store::ProofLink>> {
              ++loads_;
              std::vector<store::ProofLink> found;
              for (const auto& stored : stored_) {
                for (const auto& question : questions) {
                  if (stored.qname == question.qname &&
                      stored.qtype == question.qtype) {
                    found.push_back(stored);
                  }
                }
              }
              return found;
            },
            .on_stored =
                [this](const std::vector<store::ProofRow>& rows) {
                  stored_rows_ += rows.size();
                },
            .on_error = [this](const absl::Status&) { ++errors_; }};
  }
  // All in one batch.
  void Prove(Prover* prover, std::vector<WitnessedLink> links,
             const std::vector<WitnessedLink>& more = {}) {
    links.insert(links.end(), more.begin(), more.end());
    prover->Take(links);
    ASSERT_TRUE(prover->AwaitIdle(std::chrono::seconds(20)));
  }

  dnssec::SignedWorld world_;
  std::vector<store::ProofRow> rows_;
  std::vector<store::ProofLink> stored_;
  absl::Status put_status_;
  std::size_t stored_rows_ = 0;
  int loads_ = 0;
  int errors_ = 0;
};

constexpr std::chrono::milliseconds kAtOnce{0};

TEST_F(Proving, ASignedAnswer) {
  Prover prover(Edges(), kAtOnce);
  Prove(&prover, {TrueAnswer()}, Keys());
  ASSERT_EQ(rows_.size(), 1u);
  const store::ProofRow& row = rows_.front();
  EXPECT_EQ(row.qname, kName);
  EXPECT_EQ(row.qtype, dns::kTypeA);
  EXPECT_EQ(row.vantage_id, 7);
  EXPECT_EQ(row.result, static_cast<std::uint8_t>(Result::kSecure))
      << row.reason;
  ASSERT_TRUE(row.validity.has_value());
  EXPECT_EQ(row.validity->until, kNow + days(7));
  // What no proof needs is left out: DS and DNSKEY of www.
  EXPECT_EQ(row.links.size(), 6u);
  EXPECT_EQ(prover.counts().secure, 1u);
  // What is stored proves it again.
  dnssec::Chain chain;
  for (const auto& link : row.links) {
    chain.push_back(*dnssec::ReadLink(net::BytesOf(link.message)));
  }
  EXPECT_TRUE(
      dnssec::Validate(chain, kNow, world_.anchors()).conclusion.is_secure());
}

TEST_F(Proving, OnceADay) {
  Prover prover(Edges(), kAtOnce);
  Prove(&prover, {TrueAnswer()}, Keys());
  Prove(&prover, {TrueAnswer()});
  EXPECT_EQ(rows_.size(), 1u);
  WitnessedLink tomorrow = TrueAnswer();
  tomorrow.time += days(1);
  Prove(&prover, {tomorrow});
  EXPECT_EQ(rows_.size(), 2u);
}

TEST_F(Proving, LeavesControlsThatGiveNoKeysAlone) {
  Prover prover(Edges(), kAtOnce);
  Prove(&prover, {TrueAnswer()});
  EXPECT_TRUE(rows_.empty());
  EXPECT_EQ(loads_, 0);
}

TEST_F(Proving, WaitsForKeys) {
  ProverEdges edges = Edges();
  edges.key_givers = {7};
  Prover prover(edges, kAtOnce);
  Prove(&prover, {TrueAnswer()});
  ASSERT_EQ(rows_.size(), 1u);
  EXPECT_EQ(rows_[0].result, static_cast<std::uint8_t>(Result::kUnvalidated));
  EXPECT_EQ(rows_[0].reason, "no DNSKEY of .");
  Prove(&prover, Keys());
  ASSERT_EQ(rows_.size(), 2u);
  EXPECT_EQ(rows_[1].result, static_cast<std::uint8_t>(Result::kSecure));
  EXPECT_GE(loads_, 1);
}

TEST_F(Proving, WaitsForKeysOfAliasesToo) {
  Prover prover(Edges(), kAtOnce);
  const WitnessedLink alias =
      Answer(world_.Sign({"www.signed.test. 60 IN CNAME w.other.test."},
                         {.zone = kZone}) +
             world_.Sign({"w.other.test. 60 IN A 192.0.2.9"},
                         {.zone = "other.test."}));
  Prove(&prover, {alias}, Keys());
  ASSERT_EQ(rows_.size(), 1u);
  EXPECT_EQ(rows_[0].reason, "no DS of other.test.");
  Prove(&prover, {Witness(world_.DsMessage("other.test.", "test."), false),
                  Witness(world_.KeyMessage("other.test."), false)});
  ASSERT_EQ(rows_.size(), 2u);
  EXPECT_EQ(rows_[1].result, static_cast<std::uint8_t>(Result::kSecure))
      << rows_[1].reason;
}

TEST_F(Proving, UsesKeysThatWereStoredBefore) {
  for (const WitnessedLink& key : Keys()) {
    stored_.push_back({.qname = key.link.qname.ToText(),
                       .qtype = key.link.qtype,
                       .message = dnssec::WriteLink(key.link)});
  }
  ProverEdges edges = Edges();
  edges.key_givers = {7};
  Prover prover(edges, kAtOnce);
  Prove(&prover, {TrueAnswer()});
  ASSERT_EQ(rows_.size(), 1u);
  EXPECT_EQ(rows_[0].result, static_cast<std::uint8_t>(Result::kSecure))
      << rows_[0].reason;
}

TEST_F(Proving, TheBestOfSeveralAnswers) {
  Prover prover(Edges(), kAtOnce);
  Prove(&prover, {TrueAnswer(), ForgedAnswer()}, Keys());
  ASSERT_EQ(rows_.size(), 1u);
  EXPECT_EQ(rows_[0].result, static_cast<std::uint8_t>(Result::kSecure));
}

TEST_F(Proving, AForgedAnswerIsBogus) {
  Prover prover(Edges(), kAtOnce);
  Prove(&prover, {ForgedAnswer()}, Keys());
  ASSERT_EQ(rows_.size(), 1u);
  EXPECT_EQ(rows_[0].result, static_cast<std::uint8_t>(Result::kBogus));
  EXPECT_FALSE(rows_[0].validity.has_value());
  EXPECT_EQ(prover.counts().bogus, 1u);
}

TEST_F(Proving, OtherControlsKeysAreNotMixedIn) {
  Prover prover(Edges(), kAtOnce);
  std::vector<WitnessedLink> keys = Keys();
  for (WitnessedLink& key : keys) key.vantage_id = 8;
  keys.push_back(Witness(world_.KeyMessage("elsewhere."), false));
  Prove(&prover, {TrueAnswer()}, keys);
  ASSERT_EQ(rows_.size(), 1u);
  EXPECT_EQ(rows_[0].result, static_cast<std::uint8_t>(Result::kUnvalidated));
}

TEST_F(Proving, TriesAgainWhatCouldNotBeStored) {
  put_status_ = absl::UnavailableError("down");
  Prover prover(Edges(), kAtOnce);
  Prove(&prover, {TrueAnswer()}, Keys());
  EXPECT_EQ(stored_rows_, 0u);
  EXPECT_EQ(errors_, 1);
  put_status_ = absl::OkStatus();
  Prove(&prover, {TrueAnswer()});
  EXPECT_EQ(stored_rows_, 1u);
}

}  // namespace
}  // namespace taster::control
