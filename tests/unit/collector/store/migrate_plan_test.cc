// SPDX-License-Identifier: Apache-2.0
#include "collector/store/migrate_plan.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace taster::store {
namespace {

using testing::ElementsAre;

constexpr char kPlan[] =
    "%syntax-version=1.0.0\n"
    "%project=taster\n"
    "%uri=https://taster.example/\n"
    "\n"
    "# A note.\n"
    "roles 2026-11-22T00:00:00Z Taster <t@taster.example> # Who may\n"
    "evidence [roles] 2026-11-22T00:02:00Z Taster <t@taster.example>\n"
    "@v1 2026-11-23T00:00:00Z Taster <t@taster.example> # A tag\n"
    "pub [roles evidence other:x] 2026-11-24T00:00:00Z T <t@taster.example>\n"
    "evidence [evidence@v1] 2026-11-25T00:00:00Z T <t@taster.example>";

TEST(ParsePlanTest, ReadsChangesInOrder) {
  const auto plan = ParsePlan(kPlan);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->project, "taster");
  EXPECT_THAT(plan->changes,
              ElementsAre(PlannedChange{"roles", "2026-11-22T00:00:00Z"},
                          PlannedChange{"evidence", "2026-11-22T00:02:00Z"},
                          PlannedChange{"pub", "2026-11-24T00:00:00Z"},
                          PlannedChange{"evidence", "2026-11-25T00:00:00Z"}));
}

TEST(ParsePlanTest, RefusesWhatIsNoPlan) {
  EXPECT_TRUE(absl::IsInvalidArgument(ParsePlan("").status()));
  EXPECT_TRUE(
      absl::IsInvalidArgument(ParsePlan("%project=taster\nroles\n").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(
      ParsePlan("%project=taster\nroles [a b\n").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(
      ParsePlan("roles 2026-11-22T00:00:00Z T <t@taster.example>").status()));
}

TEST(ReadPlanTest, ReadsTheProjectsOwn) {
  const auto plan = ReadPlan("schema");
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->project, "taster");
  EXPECT_EQ(plan->changes.front().name, "roles");
}

TEST(ReadPlanTest, SaysWhichFileIsMissing) {
  EXPECT_TRUE(absl::IsFailedPrecondition(ReadPlan("/nowhere").status()));
}

}  // namespace
}  // namespace taster::store
