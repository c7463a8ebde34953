// SPDX-License-Identifier: Apache-2.0
// Only an explicit consent to exactly this text counts.
#include "probe/consent/consent.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "probe/consent/state_file.h"
#include "probe/consent/text.h"
#include "tests/unit/probe/scratch_directory.h"

namespace taster::consent {
namespace {

using ::testing::HasSubstr;

constexpr std::chrono::sys_seconds kNow{std::chrono::seconds(1'795'000'000)};

TEST(Consent, AbsentMeansNo) {
  const ScratchDirectory scratch;
  const auto status = Check(scratch.path());
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_THAT(std::string(status.message()), HasSubstr("consent accept"));
}

TEST(Consent, AcceptedIsRemembered) {
  const ScratchDirectory scratch;
  ASSERT_TRUE(Accept(scratch.path(), kTextVersion, kNow).ok());
  EXPECT_TRUE(Check(scratch.path()).ok()) << Check(scratch.path());
  const auto consent = Read(scratch.path());
  ASSERT_TRUE(consent.ok());
  EXPECT_EQ(consent->version, kTextVersion);
  EXPECT_EQ(consent->time, "2026-11-18T11:06:40Z");
  EXPECT_EQ(consent->language, "en");
  struct stat info {};
  ASSERT_EQ(::stat((scratch.path() / "consent.json").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST(Consent, OtherVersionCannotBeAccepted) {
  const ScratchDirectory scratch;
  EXPECT_FALSE(Accept(scratch.path(), kTextVersion + 1, kNow).ok());
  EXPECT_FALSE(Accept(scratch.path(), 0, kNow).ok());
  EXPECT_FALSE(Check(scratch.path()).ok());
}

TEST(Consent, ChecksAreALevelOfTheirOwn) {
  const ScratchDirectory scratch;
  ASSERT_TRUE(Accept(scratch.path(), kTextVersion, kNow).ok());
  EXPECT_EQ(Read(scratch.path())->level, Level::kQuestions);
  const auto status = Check(scratch.path(), Level::kChecks);
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("consent accept --checks"));
  ASSERT_TRUE(Accept(scratch.path(), kTextVersion, kNow, Level::kChecks).ok());
  EXPECT_EQ(Read(scratch.path())->level, Level::kChecks);
  EXPECT_TRUE(Check(scratch.path(), Level::kChecks).ok());
  EXPECT_TRUE(Check(scratch.path()).ok());
  ASSERT_TRUE(Accept(scratch.path(), kTextVersion, kNow).ok());
  EXPECT_FALSE(Check(scratch.path(), Level::kChecks).ok());
}

TEST(Consent, OnlyTrueIsAnAgreementToChecks) {
  const ScratchDirectory scratch;
  const std::string hash = envelope::ToHex(TextHash());
  for (const auto* checks : {"false", "1", "\"true\"", "null", "{}"}) {
    ASSERT_TRUE(WriteStateFile(scratch.path() / "consent.json",
                               "{\"version\":" + std::to_string(kTextVersion) +
                                   ",\"text_blake2b\":\"" + hash +
                                   "\",\"checks\":" + checks + "}")
                    .ok());
    EXPECT_TRUE(Check(scratch.path()).ok()) << checks;
    EXPECT_FALSE(Check(scratch.path(), Level::kChecks).ok()) << checks;
  }
}

class ConsentFile : public ::testing::TestWithParam<const char*> {};

TEST_P(ConsentFile, ThatDoesNotFitMeansNo) {
  const ScratchDirectory scratch;
  ASSERT_TRUE(WriteStateFile(scratch.path() / "consent.json", GetParam()).ok());
  EXPECT_EQ(Check(scratch.path()).code(), absl::StatusCode::kPermissionDenied);
}

INSTANTIATE_TEST_SUITE_P(
    Content, ConsentFile,
    ::testing::Values(
        "", "{}", "null", "not json", "[1]", "{\"version\":1}",
        "{\"version\":2,\"text_blake2b\":\"00\"}",
        "{\"version\":1,\"language\":\"en\",\"text_blake2b\":"
        "\"0000000000000000000000000000000000000000000000000000000000000000\"}",
        "{\"version\":1e300}"));

TEST(Consent, TruncatedOrNulFilledFileMeansNo) {
  const ScratchDirectory scratch;
  ASSERT_TRUE(
      WriteStateFile(scratch.path() / "consent.json", std::string(150, '\0'))
          .ok());
  EXPECT_FALSE(Check(scratch.path()).ok());
}

TEST(Consent, TextSaysWhatPeopleMustKnow) {
  const std::string text(Text());
  for (const auto* said : {"WHAT IS SENT", "TO WHOM", "network operator sees",
                           "NOT AN ANONYMITY", "WHAT IS PUBLISHED", "country",
                           "(AS)", "THE RISK", "law", "HOW TO STOP AND DELETE",
                           "dry-run", "consent accept --checks", "strangers"}) {
    EXPECT_THAT(text, HasSubstr(said));
  }
}

}  // namespace
}  // namespace taster::consent
