// SPDX-License-Identifier: Apache-2.0
#include "collector/control/wishes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/collector/control/sample_message.h"

namespace taster::control {
namespace {

using judge::Class;
using judge::QuestionRole;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// A batch of one set, of which the judge says `verdict` throughout.
store::JudgedBatch Batch(std::vector<store::MeasurementRow> rows,
                         Class verdict) {
  store::JudgedBatch batch;
  batch.vantage_id = 7;
  judge::SetVerdict said;
  said.verdict = verdict;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].asked.ordinal = static_cast<std::uint32_t>(i);
    judge::MeasurementVerdict one;
    one.ordinal = static_cast<std::uint32_t>(i);
    one.verdict = verdict;
    said.measurements.push_back(one);
  }
  batch.measurements = std::move(rows);
  batch.sets.push_back(
      {.set = 0, .qname = "a.example.", .verdict = std::move(said)});
  return batch;
}

store::MeasurementRow Asked(const std::string& name, QuestionRole role,
                            const std::vector<Reply>& replies = {{}}) {
  store::MeasurementRow row = Measured(name, replies);
  row.asked.role = role;
  return row;
}

TEST(Wishes, AreWhatThePlanAskedFor) {
  const Wishes wishes =
      FindWishes(Batch({Asked("a.example.", QuestionRole::kTarget),
                        Asked("b.example.", QuestionRole::kControlName),
                        Asked("ns.example.", QuestionRole::kNameServer),
                        Asked("whoami.example.", QuestionRole::kIdentity),
                        Asked("c.example.", QuestionRole::kTrace),
                        Asked("d.example.", QuestionRole::kCheck)},
                       Class::kInsufficient),
                 64500);
  EXPECT_EQ(wishes.vantage_id, 7);
  EXPECT_EQ(wishes.asn, 64500u);
  std::vector<std::string> names;
  for (const Wish& wish : wishes.names) names.push_back(wish.qname);
  EXPECT_THAT(names, ElementsAre("a.example.", "b.example.", "ns.example."));
}

TEST(Wishes, OtherTypesAndClassesAreNone) {
  store::MeasurementRow text = Asked("a.example.", QuestionRole::kTarget);
  text.asked.qtype = 16;
  store::MeasurementRow chaos = Asked("b.example.", QuestionRole::kTarget);
  chaos.asked.qclass = 3;
  EXPECT_THAT(FindWishes(Batch({text, chaos}, Class::kInsufficient), 0).names,
              IsEmpty());
}

TEST(Wishes, TypesAreUnitedAndASetCountsOnce) {
  store::MeasurementRow six = Asked("a.example.", QuestionRole::kTarget);
  six.asked.qtype = 28;
  const Wishes wishes =
      FindWishes(Batch({six, Asked("A.example.", QuestionRole::kTarget)},
                       Class::kInsufficient),
                 0);
  ASSERT_THAT(wishes.names, SizeIs(1));
  EXPECT_THAT(wishes.names[0].qtypes, ElementsAre(1, 28));
  EXPECT_EQ(wishes.names[0].open_sets, 1u);
}

TEST(Wishes, SuspectsAreAnswersThatNothingClears) {
  const auto row = Asked("a.example.", QuestionRole::kTarget,
                         {{.addresses = {"192.0.2.1", "0.0.0.0"}},
                          {.addresses = {"192.0.2.1", "192.0.2.2"}}});
  auto wishes = FindWishes(Batch({row}, Class::kPoisoned), 0);
  ASSERT_THAT(wishes.names, SizeIs(1));
  EXPECT_THAT(wishes.names[0].suspects,
              ElementsAre(*net::IpAddress::Parse("192.0.2.1"),
                          *net::IpAddress::Parse("192.0.2.2")));
  EXPECT_EQ(wishes.names[0].open_sets, 0u);
  wishes = FindWishes(Batch({row}, Class::kConsistent), 0);
  ASSERT_THAT(wishes.names, SizeIs(1));
  EXPECT_THAT(wishes.names[0].suspects, IsEmpty());
}

TEST(ControlSaw, TellsAnswersFromFailures) {
  store::JudgedBatch batch;
  batch.vantage_id = 1;
  batch.measurements = {
      Measured("a.example.", {{.addresses = {"192.0.2.1"}}}),
      Measured("a.example.", {}),
      Measured("b.example.", {{.addresses = {}, .rcode = 2}}),
      Measured("c.example.", {{.addresses = {}, .rcode = 3}}),
      Measured("d.example.", {{.addresses = {"0.0.0.0"}}}),
  };
  const auto seen = FindSeen(batch);
  ASSERT_THAT(seen, SizeIs(4));
  EXPECT_EQ(seen[0], (ControlSaw{{"a.example.", 1}, true, 60}));
  EXPECT_EQ(seen[1], (ControlSaw{{"b.example.", 1}, false, {}}));
  EXPECT_EQ(seen[2], (ControlSaw{{"c.example.", 1}, true, {}}));
  EXPECT_EQ(seen[3], (ControlSaw{{"d.example.", 1}, false, {}}));
}

}  // namespace
}  // namespace taster::control
