// SPDX-License-Identifier: Apache-2.0
// Rolling up and naming, through the functions of the schema.
#include "collector/store/second_level.h"

#include <chrono>
#include <string>

#include "collector/store/published_names.h"
#include "gtest/gtest.h"
#include "tests/unit/collector/store/postgres_fixture.h"

namespace taster::store {
namespace {

class SecondLevelTest : public testing::Test {
 protected:
  // One probe that asked for one name, today.
  void SetUp() override {
    postgres_.Execute(
        "INSERT INTO taster.vantage (key, role, country, asn)"
        " VALUES (sha256('second_level'), 'probe', 'CN', 4134)"
        " ON CONFLICT (key) DO NOTHING");
    postgres_.Execute(
        "INSERT INTO taster.vantage_cell (vantage_id, batch_day, qname, class,"
        " mechanism, injector_id, set_count)"
        " SELECT vantage_id, current_date, 'www.xn--bcher-kva.example.', 5, 1,"
        " 'gfw-2', 1 FROM taster.vantage WHERE key = sha256('second_level')"
        " ON CONFLICT DO NOTHING");
  }

  std::int64_t Cells() {
    return postgres_.Number(
        "SELECT count(*) FROM pub.cell"
        " WHERE domain = 'www.xn--bcher-kva.example'");
  }

  TestPostgres& postgres_ = TestPostgres::Get();
  SecondLevel second_level_{postgres_.Connection("taster_judge")};
};

TEST_F(SecondLevelTest, PublishesWhatIsDueAndNoMore) {
  const auto today =
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  ASSERT_EQ(second_level_.SetFloor(5), absl::OkStatus());
  auto steps = second_level_.DoDue(1);
  ASSERT_TRUE(steps.ok()) << steps.status();
  ASSERT_FALSE(steps->empty());
  EXPECT_EQ(steps->front().step, "roll_up");
  EXPECT_EQ(steps->front().day, today);
  EXPECT_EQ(Cells(), 0) << "fewer probes than the floor";

  ASSERT_EQ(second_level_.SetFloor(1), absl::OkStatus());
  steps = second_level_.DoDue(100);
  ASSERT_TRUE(steps.ok()) << steps.status();
  EXPECT_EQ(Cells(), 3) << "network, country, world";
}

TEST_F(SecondLevelTest, NamesWhatIsPublished) {
  ASSERT_EQ(second_level_.SetFloor(1), absl::OkStatus());
  ASSERT_TRUE(second_level_.DoDue(100).ok());
  const auto since =
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const auto sums = second_level_.SumUp(since);
  ASSERT_TRUE(sums.ok()) << sums.status();

  reference::Networks networks;
  networks.owners[4134] = "CHINANET-BACKBONE";
  networks.snapshot = "tables/2026-11-22/1";
  const std::string judge = postgres_.Connection("taster_judge");
  const auto named = NamePublished(judge, networks);
  ASSERT_TRUE(named.ok()) << named.status();
  EXPECT_GE(*named, 2);
  EXPECT_EQ(postgres_.Number(
                "SELECT count(*) FROM pub.cell"
                " WHERE domain_unicode = 'www.bücher.example' AND scope ="
                " 'network' AND network_name = 'CHINANET-BACKBONE'"),
            1);
  EXPECT_EQ(postgres_.Number("SELECT count(*) FROM pub.domain WHERE"
                             " registrable_domain = 'xn--bcher-kva.example'"),
            1);

  EXPECT_EQ(*NamePublished(judge, networks), 0);
  networks.snapshot = "tables/2026-11-23/1";
  networks.owners[4134] = "Chinanet";
  EXPECT_EQ(*NamePublished(judge, networks), 1) << "other tables";
}

TEST_F(SecondLevelTest, ConnectsAgainAfterAnError) {
  ASSERT_TRUE(second_level_.DoDue(1).ok());
  EXPECT_GE(
      postgres_.Number("SELECT count(pg_terminate_backend(pid))"
                       " FROM pg_stat_activity WHERE usename = 'taster_judge'"),
      1);
  EXPECT_FALSE(second_level_.DoDue(1).ok());
  EXPECT_TRUE(second_level_.DoDue(1).ok());
}

}  // namespace
}  // namespace taster::store
