// SPDX-License-Identifier: Apache-2.0
// What judging again and learning print.
#include "collector/cli/review_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "collector/cli/learn_text.h"

namespace taster::cli {
namespace {

using judge::Class;

control::Review Sample() {
  control::Review review{.days = 1,
                         .sets = 10,
                         .measurements = 40,
                         .changed_sets = 3,
                         .classes = {},
                         .cells = {}};
  review.classes[{Class::kInsufficient, Class::kPoisoned}] = 2;
  control::CellChange& cell = review.cells[{
      std::chrono::sys_days(std::chrono::days(20779)), {"CN", 4134}, "a.b."}];
  cell.sets[{Class::kInsufficient, Class::kPoisoned}] = 2;
  cell.sets[{Class::kPoisoned, Class::kPoisoned}] = 1;
  cell.newly_fired = {"learned_pool_address"};
  cell.fire_no_more = {"foreign_as"};
  return review;
}

TEST(ReviewTextTest, SaysWhatChangedAndWhy) {
  EXPECT_EQ(
      ReviewTable(Sample(), false),
      "10 sets (40 measurements) of 1 days judged; 3 changed\n"
      "  insufficient -> poisoned             2\n"
      "2026-11-22  CN/4134  a.b.  insufficient -> poisoned (2) poisoned as "
      "before (1)  +learned_pool_address  -foreign_as\n");
  EXPECT_NE(ReviewTable(Sample(), true).find("nothing was replaced"),
            std::string::npos);
}

TEST(ReviewTextTest, JsonHasTheSame) {
  const auto json = nlohmann::json::parse(ReviewJson(Sample(), true));
  EXPECT_EQ(json["format"], "taster-rejudged/1");
  EXPECT_EQ(json["dry_run"], true);
  EXPECT_EQ(json["classes"][0]["now"], "poisoned");
  EXPECT_EQ(json["cells"][0]["newly_fired"][0], "learned_pool_address");
  EXPECT_EQ(json["cells"][0]["fire_no_more"][0], "foreign_as");
}

TEST(LearnTextTest, NothingIsSaidInWords) {
  EXPECT_EQ(LearnTable({}).substr(0, 15), "Nothing learned");
}

TEST(LearnTextTest, NamesPoolsAndVictims) {
  store::LearnedRows rows;
  const std::chrono::sys_days day{std::chrono::days(20779)};
  store::LearnedPoolRow& pool = rows.pools.emplace_back();
  pool.pool = "learned-cn-4134-v4-1";
  pool.network = {"CN", 4134};
  pool.days = {day, day};
  pool.names = 8;
  store::LearnedAddressRow& address = rows.addresses.emplace_back();
  address.pool = pool.pool;
  address.address = *net::IpAddress::Parse("192.0.2.1");
  address.owner = 64500;
  address.days = {day, day};
  address.names = {"a.", "b."};
  address.registrable = 2;
  store::VictimRow& victim = rows.victims.emplace_back();
  victim.address = address.address;
  victim.owner = 64500;
  victim.owner_name = "Somebody";
  victim.names = 2;
  victim.days = {day, day};
  EXPECT_EQ(LearnTable(rows),
            "pool    learned-cn-4134-v4-1  1 addresses, 8 names, 2026-11-22 to "
            "2026-11-22\n"
            "victim  192.0.2.1  AS64500 Somebody  2 names, 2026-11-22 to "
            "2026-11-22\n");
  const auto json = nlohmann::json::parse(LearnJson(rows));
  EXPECT_EQ(json["pools"][0]["addresses"][0]["names"][1], "b.");
  EXPECT_TRUE(json["victims"][0]["served"].is_null());
}

}  // namespace
}  // namespace taster::cli
