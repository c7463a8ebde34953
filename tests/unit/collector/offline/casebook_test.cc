// SPDX-License-Identifier: Apache-2.0
// Files judged whole: order, learning, context.
#include "collector/offline/casebook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "collector/offline/learned_text.h"
#include "proto/dns/constants.h"

namespace taster::offline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

judge::Reference Networks() {
  judge::Reference reference;
  std::vector<judge::PrefixTable::Entry> entries;
  for (std::uint32_t n = 0; n < 200; ++n) {
    entries.push_back(
        {*net::IpPrefix::Parse("44." + std::to_string(n) + ".0.0/16"),
         64500 + n});
  }
  reference.origin_as = judge::PrefixTable::Build(std::move(entries));
  return reference;
}

exchange::Record RecordOf(exchange::Role role, const std::string& id,
                          const std::string& qname,
                          const std::string& address) {
  exchange::Record record;
  record.id = id;
  record.role = role;
  record.network = {role == exchange::Role::kProbe ? "CN" : "US", 4134};
  record.time = std::chrono::sys_days(std::chrono::January / 5 / 2015);
  record.asked.qname = *dns::Name::Parse(qname);
  record.asked.qtype = dns::kTypeA;
  record.asked.outcome = judge::Outcome::kResponse;
  judge::Observation& reply = record.asked.replies.emplace_back();
  reply.answer_count = 1;
  reply.addresses.push_back(
      {.address = *net::IpAddress::Parse(address), .type = dns::kTypeA});
  return record;
}

class CasebookTest : public testing::Test {
 protected:
  void Probe(const std::string& id, const std::string& qname,
             const std::string& address) {
    ASSERT_TRUE(
        book_.Add(RecordOf(exchange::Role::kProbe, id, qname, address)).ok());
  }
  void Control(const std::string& qname, const std::string& address) {
    ASSERT_TRUE(
        book_.Add(RecordOf(exchange::Role::kControl, "c", qname, address))
            .ok());
  }
  std::map<std::string, judge::Class> Judge() {
    book_.Learn();
    std::map<std::string, judge::Class> classes;
    book_.Judge([&](const Judged& judged) {
      order_.push_back(judged.record.id);
      classes[judged.record.id] = judged.verdict.verdict;
    });
    return classes;
  }

  Casebook book_{Networks()};
  std::vector<std::string> order_;
};

TEST_F(CasebookTest, InTheOrderOfTheFileWhereverControlsStand) {
  Probe("b", "example.com", "44.1.0.1");
  Probe("a", "example.com", "44.2.0.1");
  Control("example.com", "44.1.0.1");
  const auto classes = Judge();
  EXPECT_THAT(order_, ElementsAre("b", "a"));
  EXPECT_EQ(classes.at("b"), judge::Class::kConsistent);
  // Another owner alone proves nothing.
  EXPECT_EQ(classes.at("a"), judge::Class::kInsufficient);
}

TEST_F(CasebookTest, WithoutControlNothingIsSaid) {
  Probe("a", "example.com", "44.1.0.1");
  EXPECT_EQ(Judge().at("a"), judge::Class::kInsufficient);
}

TEST_F(CasebookTest, LearnsAPoolThatNoListHas) {
  for (int i = 0; i < 20; ++i) {
    const std::string n = std::to_string(i);
    Control("www.example" + n + ".org", "44." + n + ".0.1");
    for (int k = 0; k < 5; ++k) {
      Probe(n + "/" + std::to_string(k), "www.example" + n + ".org",
            "44." + std::to_string(100 + (i * 7 + k * 5) % 12) + ".9.9");
    }
    Probe(n + "/true", "www.example" + n + ".org", "44." + n + ".0.1");
  }
  const auto classes = Judge();
  for (const auto& [id, verdict] : classes) {
    EXPECT_EQ(verdict, id.ends_with("true") ? judge::Class::kConsistent
                                            : judge::Class::kPoisoned)
        << id;
  }
  const std::string text = LearnedText(book_.learned());
  EXPECT_THAT(text, HasSubstr("learned-cn-4134-v4-1"));
  EXPECT_THAT(text, HasSubstr("2015-01-05"));
}

TEST_F(CasebookTest, AnIdStandsForOneQuery) {
  Probe("a", "example.com", "44.1.0.1");
  EXPECT_EQ(
      book_.Add(RecordOf(exchange::Role::kProbe, "a", "b.com", "44.1.0.1"))
          .code(),
      absl::StatusCode::kInvalidArgument);
}

// A control that is filtered itself says nothing, so it clears nobody.
TEST_F(CasebookTest, NullAddressesOfControlsTeachNothing) {
  Control("ads.example", "0.0.0.0");
  Probe("a", "ads.example", "0.0.0.0");
  Probe("b", "ads.example", "44.1.0.1");
  const auto classes = Judge();
  EXPECT_EQ(classes.at("a"), judge::Class::kFiltered);
  EXPECT_EQ(classes.at("b"), judge::Class::kInsufficient);
}

}  // namespace
}  // namespace taster::offline
