// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/leases.h"

#include <gtest/gtest.h>

#include <limits>

namespace taster::ingest {
namespace {

using std::chrono::seconds;

constexpr store::Time kNow{seconds(1'795'176'000)};

v1::TaskQuery Query() {
  v1::TaskQuery query;
  query.set_lease_id(std::string(16, 'q'));
  query.mutable_request_time()->set_seconds(1'795'176'000);
  query.set_max_tasks(1);
  return query;
}

v1::Lease Lease(const std::string& id, int tasks) {
  v1::Lease lease;
  lease.set_lease_id(id);
  lease.mutable_lifetime()->set_seconds(60);
  for (int i = 0; i < tasks; ++i) lease.add_tasks();
  return lease;
}

TEST(TaskQuery, IsAdmittedWithinItsLimits) {
  EXPECT_TRUE(CheckTaskQuery(Query(), kNow).ok());
  auto query = Query();
  query.set_max_tasks(kMaxTasks);
  query.mutable_wait()->set_seconds(10);
  query.mutable_request_time()->set_seconds(1'795'176'000 - 600);
  EXPECT_TRUE(CheckTaskQuery(query, kNow).ok());
}

TEST(TaskQuery, IsRefusedBeyondThem) {
  const std::pair<const char*, void (*)(v1::TaskQuery*)> changes[] = {
      {"no task", [](auto* query) { query->set_max_tasks(0); }},
      {"many tasks", [](auto* query) { query->set_max_tasks(501); }},
      {"long wait",
       [](auto* query) { query->mutable_wait()->set_seconds(11); }},
      {"longer wait",
       [](auto* query) {
         query->mutable_wait()->set_seconds(10);
         query->mutable_wait()->set_nanos(1000);
       }},
      {"before", [](auto* query) { query->mutable_wait()->set_seconds(-1); }},
      {"nanos", [](auto* query) { query->mutable_wait()->set_nanos(-1); }},
      {"no time", [](auto* query) { query->clear_request_time(); }},
  };
  for (const auto& [what, change] : changes) {
    auto query = Query();
    change(&query);
    EXPECT_TRUE(absl::IsInvalidArgument(CheckTaskQuery(query, kNow))) << what;
  }
}

TEST(TaskQuery, OfAnotherTimeIsStale) {
  for (const std::int64_t time :
       {std::int64_t{1'795'176'000} - 601, std::int64_t{1'795'176'000} + 601,
        std::numeric_limits<std::int64_t>::max(),
        std::numeric_limits<std::int64_t>::min()}) {
    auto query = Query();
    query.mutable_request_time()->set_seconds(time);
    EXPECT_TRUE(absl::IsFailedPrecondition(CheckTaskQuery(query, kNow)));
  }
}

TEST(Leases, TheSameIdGivesTheSameLeaseUntilItEnds) {
  Leases leases;
  EXPECT_FALSE(leases.Find(1, "a", kNow)->has_value());
  leases.Grant(1, Lease("a", 3), kNow);
  const auto again = leases.Find(1, "a", kNow + seconds(59));
  ASSERT_TRUE(again.ok() && again->has_value());
  EXPECT_EQ((*again)->tasks_size(), 3);
  EXPECT_FALSE(leases.Find(1, "b", kNow + seconds(59))->has_value());
  EXPECT_FALSE(leases.Find(2, "a", kNow + seconds(59))->has_value());
  EXPECT_FALSE(leases.Find(1, "a", kNow + seconds(60))->has_value());
}

TEST(Leases, AFloodIsRefusedAndAllowedAgainLater) {
  Leases leases;
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(leases.Find(1, "x", kNow).ok());
  EXPECT_TRUE(absl::IsResourceExhausted(leases.Find(1, "x", kNow).status()));
  EXPECT_TRUE(leases.Find(2, "x", kNow).ok());
  EXPECT_TRUE(leases.Find(1, "x", kNow + seconds(1)).ok());
  EXPECT_TRUE(leases.Find(1, "x", kNow + seconds(1)).ok());
  EXPECT_FALSE(leases.Find(1, "x", kNow + seconds(1)).ok());
  // A clock that was set back takes nothing away and gives nothing.
  EXPECT_FALSE(leases.Find(1, "x", kNow).ok());
}

TEST(Leases, OneControlHasSoManyNamesAtOnce) {
  Leases leases;
  EXPECT_EQ(leases.Room(1, kNow), Leases::kMostLeased);
  leases.Grant(1, Lease("a", 500), kNow);
  leases.Grant(1, Lease("b", 500), kNow + seconds(30));
  EXPECT_EQ(leases.Room(1, kNow + seconds(30)), Leases::kMostLeased - 1000);
  EXPECT_EQ(leases.Room(1, kNow + seconds(60)), Leases::kMostLeased - 500);
  EXPECT_EQ(leases.Room(1, kNow + seconds(90)), Leases::kMostLeased);
}

}  // namespace
}  // namespace taster::ingest
