// SPDX-License-Identifier: Apache-2.0
// From stored evidence of a network with a forged pool to verdicts that know
// it, and back when an operator does not believe it: against a real server.
#include "collector/control/learner.h"

#include <gtest/gtest.h>

#include "collector/control/assemble.h"
#include "collector/control/rejudger.h"
#include "collector/control/review.h"
#include "collector/learn/knowledge.h"
#include "collector/store/catalogue_store.h"
#include "tests/unit/collector/control/sample_message.h"
#include "tests/unit/collector/store/postgres_fixture.h"
#include "tests/unit/collector/store/put_all.h"
#include "tests/unit/collector/store/sample_batch.h"

namespace taster::control {
namespace {

constexpr int kNames = 8;
constexpr int kPool = 6;

std::string PoolAddress(int i) { return "203.0.114." + std::to_string(i + 1); }
std::string OwnAddress(int name) {
  return "198.51." + std::to_string(name + 101) + ".80";
}
std::string NameText(int name) {
  return "site" + std::to_string(name) + ".example.";
}

judge::Reference Base() {
  std::vector<judge::PrefixTable::Entry> entries;
  for (int i = 0; i < kNames; ++i) {
    entries.push_back(
        {*net::IpPrefix::Parse("198.51." + std::to_string(i + 101) + ".0/24"),
         static_cast<std::uint32_t>(64600 + i)});
  }
  for (int i = 0; i < kPool; ++i) {
    entries.push_back({*net::IpPrefix::Parse(PoolAddress(i) + "/32"),
                       static_cast<std::uint32_t>(64500 + i)});
  }
  judge::Reference reference;
  reference.origin_as = judge::PrefixTable::Build(std::move(entries));
  reference.version = "test";
  return reference;
}

// One network where every name draws four members of a pool of six, and one
// name is answered truly.
class LearnerTest : public testing::Test {
 protected:
  void SetUp() override {
    postgres_.Execute(
        "TRUNCATE taster.learned_pool, taster.learned_address,"
        " taster.shared_address, taster.victim, taster.verdict_history");
    store::Enrolment enrolment{.country = "CN", .asn = 4134};
    enrolment.key.fill(static_cast<std::uint8_t>(++enrolled_));
    const auto id =
        store::Enroll(postgres_.Connection("taster_enroll"), enrolment);
    ASSERT_TRUE(id.ok()) << id.status();
    vantage_ = *id;
    for (int name = 0; name < kNames; ++name) LearnControl(name);
    for (int name = 0; name < kNames; ++name) {
      for (int draw = 0; draw < 4; ++draw) {
        Put(NameText(name), PoolAddress((name + draw) % kPool));
      }
    }
    Put(NameText(0), OwnAddress(0));
  }

  void TearDown() override {
    for (const char* table : {"batch", "measurement", "response", "set_verdict",
                              "verdict", "finding", "vantage_cell"}) {
      postgres_.Execute(std::string("DELETE FROM taster.") + table +
                        " WHERE vantage_id = " + std::to_string(vantage_));
    }
  }

  void LearnControl(int name) {
    book_.Learn({{.qname = NameText(name),
                  .qtype = 1,
                  .kind = store::ControlRow::Kind::kAddress,
                  .address = net::IpAddress::Parse(OwnAddress(name)),
                  .vantage_id = 1,
                  .seen_time = store::Today()}});
  }

  // One question, judged without anything learned, and stored.
  void Put(const std::string& qname, const std::string& answer) {
    store::JudgedBatch batch = store::SampleBatch(vantage_, ++batches_, 0);
    batch.measurements.push_back(Measured(qname, {{.addresses = {answer}}}));
    const judge::Case subject = Assemble(
        {batch.measurements[0].asked}, {book_, *base_}, {{"CN", 4134}, Day()});
    batch.sets.push_back(
        {.set = 0, .qname = qname, .verdict = judge::Judge(subject)});
    store::PutAll(postgres_.Connection("taster_ingest"), {batch});
  }

  Learner MakeLearner() {
    return Learner({.connection = postgres_.Connection("taster_judge")}, &book_,
                   &networks_, base_);
  }

  absl::StatusOr<Review> ReviewWith(const Knowledge& knowledge, bool dry_run) {
    return ReviewEvidence({.connection = postgres_.Connection("taster_judge"),
                           .ruleset = "test-learned",
                           .since = Day(),
                           .until = Day(),
                           .dry_run = dry_run,
                           .now = store::Today},
                          book_, knowledge);
  }

  std::int64_t Count(const std::string& from) {
    return postgres_.Number("SELECT count(*) FROM " + from);
  }
  std::int64_t Sets(const std::string& which) {
    return postgres_.Number(
        "SELECT count(vantage_id) FROM taster.set_verdict WHERE vantage_id = " +
        std::to_string(vantage_) + " AND " + which);
  }

  static std::chrono::sys_days Day() {
    return std::chrono::floor<std::chrono::days>(store::Today());
  }

  static inline int enrolled_ = 0;
  store::TestPostgres& postgres_ = store::TestPostgres::Get();
  std::int64_t vantage_ = 0;
  std::uint32_t batches_ = 0;
  reference::Networks networks_;
  std::shared_ptr<const judge::Reference> base_ =
      std::make_shared<const judge::Reference>(Base());
  ControlBook book_{&base_->origin_as};
};

TEST_F(LearnerTest, FindsThePoolAndStoresItWithItsWitnesses) {
  Learner learner = MakeLearner();
  const auto lesson = learner.Learn(store::Today());
  ASSERT_TRUE(lesson.ok()) << lesson.status();
  EXPECT_EQ(lesson->new_sets, 4U * kNames + 1);
  ASSERT_EQ(lesson->rows.pools.size(), 1U);
  EXPECT_EQ(lesson->rows.pools[0].pool, "learned-cn-4134-v4-1");
  EXPECT_EQ(lesson->rows.addresses.size(), std::size_t{kPool});
  EXPECT_EQ(lesson->rows.victims.size(), std::size_t{kPool});
  EXPECT_EQ(lesson->rows.victims[0].networks,
            std::vector<std::string>{"CN/4134"});
  EXPECT_EQ(lesson->due.size(), std::size_t{kNames});
  const auto stored = store::LoadLearned(postgres_.Connection("taster_ingest"));
  ASSERT_TRUE(stored.ok()) << stored.status();
  EXPECT_EQ(*stored, lesson->rows);
  EXPECT_EQ(Count("analysis.forged_addresses"), kPool);
  EXPECT_EQ(Count("analysis.victims"), kPool);
}

TEST_F(LearnerTest, NothingNewIsNothingDue) {
  Learner learner = MakeLearner();
  ASSERT_TRUE(learner.Learn(store::Today()).ok());
  const auto again = learner.Learn(store::Today());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->due.empty());
}

TEST_F(LearnerTest, WhatIsStoredSaysTheSameAsWhatWasLearned) {
  Learner learner = MakeLearner();
  const auto lesson = learner.Learn(store::Today());
  ASSERT_TRUE(lesson.ok()) << lesson.status();
  const auto* member = lesson->knowledge.reference->FindLearned(
      *net::IpAddress::Parse(PoolAddress(0)), "CN", Day());
  ASSERT_NE(member, nullptr);
  EXPECT_EQ(member->pool, "learned-cn-4134-v4-1");
  EXPECT_EQ(member->until, Day() + learn::kPoolMemory);
  EXPECT_EQ(lesson->knowledge.reference->FindLearned(
                *net::IpAddress::Parse(PoolAddress(0)), "DE", Day()),
            nullptr);
  const auto& contexts = *lesson->knowledge.contexts;
  ASSERT_TRUE(contexts.contains({"CN", 4134}));
  EXPECT_EQ(contexts.at({"CN", 4134}).at(NameText(1))->drawn.size(), 4U);
}

TEST_F(LearnerTest, JudgingAgainSaysWhatChangedAndWhy) {
  const auto lesson = MakeLearner().Learn(store::Today());
  ASSERT_TRUE(lesson.ok()) << lesson.status();
  const auto dry = ReviewWith(lesson->knowledge, /*dry_run=*/true);
  ASSERT_TRUE(dry.ok()) << dry.status();
  EXPECT_EQ(dry->sets, 4U * kNames + 1);
  EXPECT_EQ(dry->changed_sets, 4U * kNames);
  EXPECT_EQ(Sets("class = 5"), 0);
  EXPECT_EQ(Count("taster.verdict_history"), 0);

  const auto review = ReviewWith(lesson->knowledge, /*dry_run=*/false);
  ASSERT_TRUE(review.ok()) << review.status();
  EXPECT_EQ(review->changed_sets, 4U * kNames);
  ASSERT_EQ(review->classes.size(), 1U);
  EXPECT_EQ(review->classes.begin()->first.second, judge::Class::kPoisoned);
  ASSERT_EQ(review->cells.size(), std::size_t{kNames});
  EXPECT_TRUE(review->cells.begin()->second.newly_fired.contains(
      "learned_pool_address"));
  EXPECT_EQ(Sets("class = 5"), 4 * kNames);
  EXPECT_EQ(Sets("class = 0"), 1);
  // What was said before stays visible.
  EXPECT_EQ(Count("analysis.verdict_history WHERE class <> 'poisoned'"),
            4 * kNames);

  const auto again = ReviewWith(lesson->knowledge, /*dry_run=*/false);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->changed_sets, 0U);
  EXPECT_EQ(Count("taster.verdict_history"), 4 * kNames);
}

TEST_F(LearnerTest, ARevokedPoolStaysAsideUntilItIsRestored) {
  const std::string connection = postgres_.Connection("taster_judge");
  Learner learner = MakeLearner();
  ASSERT_TRUE(learner.Learn(store::Today()).ok());
  const auto aside =
      store::RevokePool(connection, "learned-cn-4134-v4-1", store::Today());
  ASSERT_TRUE(aside.ok()) << aside.status();
  const auto without = learner.Learn(store::Today());
  ASSERT_TRUE(without.ok()) << without.status();
  EXPECT_TRUE(without->rows.pools.empty());
  EXPECT_EQ(without->due.size(), std::size_t{kNames});
  EXPECT_EQ(without->knowledge.reference->FindLearned(
                *net::IpAddress::Parse(PoolAddress(0)), "CN", Day()),
            nullptr);
  EXPECT_EQ(Count("analysis.forged_addresses"), 0);
  EXPECT_EQ(Count("analysis.learned_pools WHERE is_revoked"), 1);
  EXPECT_EQ(
      store::RevokePool(connection, "learned-cn-4134-v4-1", store::Today())
          .status()
          .code(),
      absl::StatusCode::kNotFound);

  ASSERT_TRUE(store::RestorePool(connection, *aside).ok());
  const auto with = learner.Learn(store::Today());
  ASSERT_TRUE(with.ok()) << with.status();
  EXPECT_EQ(with->rows.pools.size(), 1U);
}

TEST_F(LearnerTest, SettledVerdictsFollowWhatIsLearned) {
  const std::string connection = postgres_.Connection("taster_judge");
  KnowledgeShelf shelf(*base_);
  Rejudger rejudger({.connection = connection,
                     .settle = std::chrono::milliseconds(10),
                     .now = store::Today},
                    &book_, &shelf);
  Learner learner = MakeLearner();
  const auto teach = [&] {
    const auto lesson = learner.Learn(store::Today());
    ASSERT_TRUE(lesson.ok()) << lesson.status();
    shelf.Put(lesson->knowledge);
    rejudger.Relearned(lesson->due, lesson->due_since);
    ASSERT_TRUE(rejudger.AwaitIdle(std::chrono::seconds(60)));
  };
  teach();
  EXPECT_EQ(Sets("class = 5"), 4 * kNames);
  EXPECT_EQ(Sets("is_open"), 0);
  ASSERT_TRUE(
      store::RevokePool(connection, "learned-cn-4134-v4-1", store::Today())
          .ok());
  teach();
  EXPECT_EQ(Sets("class = 5"), 0);
}

TEST_F(LearnerTest, ReadsOnlyWhatIsNew) {
  Learner learner = MakeLearner();
  const auto now = store::Today();
  ASSERT_TRUE(learner.Learn(now).ok());
  const auto later = learner.Learn(now + std::chrono::minutes(20));
  ASSERT_TRUE(later.ok()) << later.status();
  const auto latest = learner.Learn(now + std::chrono::minutes(21));
  ASSERT_TRUE(latest.ok()) << latest.status();
  EXPECT_EQ(latest->new_sets, 0U);
  EXPECT_EQ(latest->rows.pools.size(), 1U);
}

TEST_F(LearnerTest, RecallsOneNameWithoutLearning) {
  ASSERT_TRUE(MakeLearner().Learn(store::Today()).ok());
  const auto knowledge =
      MakeLearner().Recall(NameText(2), Day() - std::chrono::days(3), Day());
  ASSERT_TRUE(knowledge.ok()) << knowledge.status();
  const auto& contexts = *knowledge->contexts;
  ASSERT_TRUE(contexts.contains({"CN", 4134}));
  EXPECT_EQ(contexts.at({"CN", 4134}).size(), 1U);
}

}  // namespace
}  // namespace taster::control
