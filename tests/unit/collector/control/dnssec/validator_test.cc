// SPDX-License-Identifier: Apache-2.0
// A validator that is a process, and what becomes of it.
#include "collector/control/dnssec/validator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "collector/control/dnssec/proof_frames.h"
#include "collector/control/dnssec/validate.h"
#include "proto/dns/constants.h"
#include "proto/net/bytes_of.h"
#include "tests/unit/collector/control/dnssec/signed_world.h"

namespace taster::control::dnssec {
namespace {

using std::chrono::milliseconds;

class Process : public ::testing::Test {
 protected:
  Process()
      : anchors_(::testing::TempDir() + "/anchors." +
                 std::to_string(::getpid())) {
    std::ofstream(anchors_) << "; the root's\n" << world_.Ds(".") << "\n";
    std::vector<std::string> links = world_.Zones({".", "test."});
    links.insert(links.begin(),
                 Message("test.", dns::kTypeA,
                         {.answer = world_.Sign({"test. 60 IN A 192.0.2.1"},
                                                {.zone = "test."})}));
    chain_ = ChainOf(links);
  }
  ~Process() override { std::remove(anchors_.c_str()); }

  ValidatorOptions Options(const std::string& kind) const {
    return {.command = {PROOF_CHILD, kind, anchors_},
            .patience = milliseconds(kind == "serve" ? 20'000 : 200)};
  }

  SignedWorld world_;
  std::string anchors_;
  Chain chain_;
};

TEST_F(Process, SaysWhatValidateSays) {
  Validator validator(Options("serve"));
  const Proof proof = validator.Validate(chain_, kNow);
  EXPECT_EQ(proof, Validate(chain_, kNow, world_.anchors()));
  EXPECT_TRUE(proof.conclusion.is_secure()) << proof.conclusion.reason;
  chain_.front().answer.front().rdata.front().back() ^= 1;
  const Proof bogus = validator.Validate(chain_, kNow);
  EXPECT_EQ(bogus, Validate(chain_, kNow, world_.anchors()));
  EXPECT_EQ(validator.losses(), 0u);
}

TEST_F(Process, IsReplacedAfterSomeProofs) {
  ValidatorOptions options = Options("serve");
  options.proofs_a_process = 2;
  Validator validator(options);
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(validator.Validate(chain_, kNow).conclusion.is_secure());
  }
  EXPECT_EQ(validator.losses(), 0u);
}

TEST_F(Process, ThatFailsLeavesAnswersUnvalidated) {
  const std::pair<const char*, const char*> kinds[] = {
      {"silent", "the validator took too long"},
      {"spin", "the validator took too long"},
      {"die", "the validator ended"},
      {"nonsense", "the validator said what it should not"},
      {"huge", "the validator said what it should not"},
  };
  for (const auto& [kind, reason] : kinds) {
    Validator validator(Options(kind));
    for (std::uint64_t losses = 1; losses <= 2; ++losses) {
      const Proof proof = validator.Validate(chain_, kNow);
      EXPECT_EQ(proof.conclusion.result, Result::kUnvalidated) << kind;
      EXPECT_EQ(proof.conclusion.reason, reason) << kind;
      EXPECT_EQ(proof.links.size(), chain_.size());
      EXPECT_EQ(validator.losses(), losses);
    }
  }
}

TEST_F(Process, ThatIsNotThere) {
  Validator validator({.command = {"/nonexistent/validator"}});
  const Proof proof = validator.Validate(chain_, kNow);
  EXPECT_EQ(proof.conclusion.result, Result::kUnvalidated);
  EXPECT_THAT(proof.conclusion.reason, ::testing::StartsWith("no validator"));
}

TEST_F(Process, IsConfined) {
  const std::string command =
      std::string(PROOF_CHILD) + " break-out " + anchors_;
  EXPECT_EQ(std::system(command.c_str()), 0);
}

TEST(Frames, AreReadStrictly) {
  const Proof proof{.conclusion = {Result::kBogus, "why\n\x7f"},
                    .links = {{Result::kSecure, ""}},
                    .valid_from = kNow,
                    .valid_until = kNow,
                    .signature_checks = 7};
  const std::string bytes = WriteProof(proof);
  const auto read = ReadProof(net::BytesOf(bytes), 1);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->conclusion.reason, "why??");
  EXPECT_EQ(read->signature_checks, 7);
  EXPECT_FALSE(ReadProof(net::BytesOf(bytes), 2).has_value());
  EXPECT_FALSE(ReadProof(net::BytesOf(bytes), 0).has_value());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(ReadProof(net::BytesOf(bytes).first(size), 1).has_value());
  }
  std::string other = bytes;
  other[18] = 9;  // No result.
  EXPECT_FALSE(ReadProof(net::BytesOf(other), 1).has_value());
}

TEST(AnchorFiles, AreReadStrictly) {
  const std::string path =
      ::testing::TempDir() + "/anchor." + std::to_string(::getpid());
  const auto load = [&](const std::string& text) {
    std::ofstream(path) << text;
    return LoadAnchors(path);
  };
  EXPECT_EQ(load("").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(load("test. IN DS 1 8 2 00").status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(load(". IN A 192.0.2.1").status().code(),
            absl::StatusCode::kInvalidArgument);
  SignedWorld world;
  const auto of_key = load(world.Keys(".").front() + "\n");
  ASSERT_TRUE(of_key.ok()) << of_key.status();
  EXPECT_EQ(*of_key, world.anchors());
  std::remove(path.c_str());
  EXPECT_EQ(LoadAnchors(path).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(*LoadAnchors({}), RootAnchors());
}

}  // namespace
}  // namespace taster::control::dnssec
