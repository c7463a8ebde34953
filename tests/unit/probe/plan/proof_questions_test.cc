// SPDX-License-Identifier: Apache-2.0
// Keys are asked for once, by names that follow from the target's own.
#include "probe/plan/proof_questions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "proto/dns/presentation.h"

namespace taster::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

PlanOptions Options() {
  PlanOptions options;
  options.profile = Profile::kControl;
  options.proof = true;
  options.control_name = *dns::Name::Parse("control.example");
  options.types = {1};
  options.resolvers = {*net::Endpoint::Parse("192.0.2.53", 53),
                       *net::Endpoint::Parse("192.0.2.54", 53)};
  return options;
}

class Proofs : public ::testing::Test {
 protected:
  std::vector<capture::Question> Ask(const PlanOptions& options,
                                     const std::string& target) {
    const auto set = ExpandTarget(options, *dns::Name::Parse(target), 7, rng_);
    return ProofQuestions(options, set, &ledger_, now_);
  }
  std::vector<std::string> Texts(const std::string& target) {
    std::vector<std::string> texts;
    for (const auto& question : Ask(Options(), target)) {
      texts.push_back(dns::TypeToText(question.shape.qtype) + " " +
                      question.qname.ToText());
    }
    return texts;
  }

  Rng rng_;
  ProofLedger ledger_{std::chrono::hours(6)};
  Instant now_{};
};

TEST_F(Proofs, AskForEveryZoneAroundTheTarget) {
  EXPECT_THAT(Texts("www.example.com"),
              ElementsAre("DNSKEY .", "DS com.", "DNSKEY com.",
                          "DS example.com.", "DNSKEY example.com.",
                          "DS www.example.com.", "DNSKEY www.example.com."));
}

TEST_F(Proofs, AskOnceWhatMayBeAskedAgainLater) {
  Texts("www.example.com");
  EXPECT_THAT(Texts("www.example.com"), IsEmpty());
  EXPECT_THAT(Texts("WWW.Example.ORG"),
              ElementsAre("DS org.", "DNSKEY org.", "DS example.org.",
                          "DNSKEY example.org.", "DS www.example.org.",
                          "DNSKEY www.example.org."));
  now_ += std::chrono::hours(6);
  EXPECT_THAT(Texts("com"), ElementsAre("DNSKEY .", "DS com.", "DNSKEY com."));
}

TEST_F(Proofs, AskTheFirstResolverNotToCheck) {
  for (const auto& question : Ask(Options(), "example.com")) {
    EXPECT_EQ(question.role, capture::QuestionRole::kProof);
    EXPECT_EQ(question.set, 7u);
    EXPECT_EQ(question.server, Options().resolvers.front());
    EXPECT_EQ(question.transport, capture::Transport::kTcp);
    EXPECT_TRUE(question.shape.checking_disabled);
    EXPECT_TRUE(question.shape.dnssec_ok);
  }
}

TEST_F(Proofs, AreForPlansThatWantThem) {
  PlanOptions options = Options();
  options.proof = false;
  EXPECT_THAT(Ask(options, "example.com"), IsEmpty());
  EXPECT_EQ(MostProofQuestions(options), 0u);
  options = Options();
  options.resolvers.clear();
  options.canaries = {*net::Endpoint::Parse("192.0.2.66", 53)};
  EXPECT_THAT(Ask(options, "example.com"), IsEmpty());
}

TEST_F(Proofs, OfDeepNamesAreBounded) {
  std::string deep = "com";
  for (int i = 0; i < 60; ++i) deep = "a." + deep;
  EXPECT_EQ(Ask(Options(), deep).size(), MostProofQuestions(Options()));
}

TEST_F(Proofs, TheLedgerForgetsTheOldest) {
  ProofLedger ledger(std::chrono::hours(6), 2);
  const auto take = [&](const char* name) {
    return ledger.Take(*dns::Name::Parse(name), 43, now_);
  };
  EXPECT_TRUE(take("a.") && take("b.") && take("c."));
  EXPECT_EQ(ledger.size(), 2u);
  EXPECT_TRUE(take("a."));
  EXPECT_FALSE(take("c."));
}

TEST(ProofPolicy, KeepsVolunteersOut) {
  PlanOptions options = Options();
  options.resolvers = {*net::Endpoint::Parse("8.8.8.8", 53)};
  options.rate = 1;
  EXPECT_TRUE(CheckPolicy(options).ok()) << CheckPolicy(options);
  options.profile = Profile::kVolunteer;
  EXPECT_TRUE(absl::IsPermissionDenied(CheckPolicy(options)));
  options.proof = false;
  EXPECT_TRUE(CheckPolicy(options).ok()) << CheckPolicy(options);
}

}  // namespace
}  // namespace taster::plan
