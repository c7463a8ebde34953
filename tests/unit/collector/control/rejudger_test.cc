// SPDX-License-Identifier: Apache-2.0
// From insufficient to a verdict, once controls have spoken: against a real
// server, with real bytes.
#include "collector/control/rejudger.h"

#include <gtest/gtest.h>

#include "collector/control/assemble.h"
#include "tests/unit/collector/control/sample_message.h"
#include "tests/unit/collector/store/postgres_fixture.h"
#include "tests/unit/collector/store/put_all.h"
#include "tests/unit/collector/store/sample_batch.h"

namespace taster::control {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr char kTrue[] = "198.51.101.80";
constexpr char kForged[] = "203.0.114.9";

judge::Reference Reference() {
  judge::Reference reference;
  reference.origin_as = judge::PrefixTable::Build(
      {{*net::IpPrefix::Parse("198.51.101.0/24"), 64500},
       {*net::IpPrefix::Parse("203.0.114.0/24"), 64501}});
  reference.version = "test";
  return reference;
}

class RejudgerTest : public testing::Test {
 protected:
  // One question, judged with what the book knows now, and stored.
  AwaitedSets Put(const std::string& qname, const std::vector<Reply>& replies) {
    store::JudgedBatch batch = store::SampleBatch(vantage_, ++batches_, 0);
    batch.measurements.push_back(Measured(qname, replies));
    const std::uint64_t generation = book_.generation();
    const judge::Case subject = Assemble({batch.measurements[0].asked},
                                         {book_, reference_}, {{}, Day()});
    batch.sets.push_back(
        {.set = 0, .qname = qname, .verdict = judge::Judge(subject)});
    AwaitedSets awaited = FindAwaited(batch, generation);
    store::PutAll(postgres_.Connection("taster_ingest"), {batch});
    return awaited;
  }

  std::unique_ptr<Rejudger> Start() {
    return std::make_unique<Rejudger>(
        RejudgerOptions{.connection = postgres_.Connection("taster_judge"),
                        .settle = milliseconds(10),
                        .now = store::Today},
        &book_, &shelf_);
  }

  std::vector<NameType> Learn(const std::string& qname) {
    return book_.Learn({{.qname = qname,
                         .qtype = 1,
                         .kind = store::ControlRow::Kind::kAddress,
                         .address = net::IpAddress::Parse(kTrue),
                         .vantage_id = 1,
                         .seen_time = store::Today()}});
  }

  // Class of the only set of `qname`.
  judge::Class ClassOf(const std::string& qname) {
    return static_cast<judge::Class>(postgres_.Number(
        "SELECT class FROM taster.set_verdict WHERE qname = '" + qname + "'"));
  }

  // A name that no other test uses.
  std::string Name(const std::string& label) const {
    return label + ".v" + std::to_string(vantage_) + ".example.";
  }

  static std::chrono::sys_days Day() {
    return std::chrono::floor<std::chrono::days>(store::Today());
  }

  void ExpectCellsEqualARecount() {
    const std::string mine = " WHERE vantage_id = " + std::to_string(vantage_);
    EXPECT_EQ(postgres_.Number(
                  "SELECT count(qname) FROM (SELECT qname, class, mechanism,"
                  " injector_id, set_count FROM taster.vantage_cell" +
                  mine +
                  " AND set_count <> 0) AS counted"
                  " FULL JOIN (SELECT qname, class, mechanism, injector_id,"
                  " count(qname) AS recount FROM taster.set_verdict" +
                  mine +
                  " GROUP BY qname, class, mechanism, injector_id) AS recounted"
                  " USING (qname, class, mechanism, injector_id)"
                  " WHERE set_count IS DISTINCT FROM recount"),
              0);
  }

  store::TestPostgres& postgres_ = store::TestPostgres::Get();
  const std::int64_t vantage_ = postgres_.NextVantage();
  std::uint32_t batches_ = 0;
  judge::Reference reference_ = Reference();
  ControlBook book_{&reference_.origin_as};
  KnowledgeShelf shelf_{reference_};
};

TEST_F(RejudgerTest, ControlMakesAVerdictOfInsufficient) {
  const std::string genuine = Name("genuine");
  const std::string forged = Name("forged");
  const auto rejudger = Start();
  rejudger->Stored(Put(genuine, {{.addresses = {kTrue}}}));
  rejudger->Stored(
      Put(forged, {{.addresses = {kForged}, .flags = 0x0480, .ip_ttl = 222},
                   {.addresses = {kTrue}}}));
  ASSERT_EQ(ClassOf(genuine), judge::Class::kInsufficient);
  ASSERT_EQ(ClassOf(forged), judge::Class::kInsufficient);

  rejudger->Grown(Learn(genuine));
  rejudger->Grown(Learn(forged));
  ASSERT_TRUE(rejudger->AwaitIdle(seconds(20)));
  EXPECT_EQ(ClassOf(genuine), judge::Class::kConsistent);
  EXPECT_EQ(ClassOf(forged), judge::Class::kPoisoned);
  EXPECT_EQ(
      postgres_.Number("SELECT count(rule_id) FROM taster.finding"
                       " WHERE rule_id = 'conflicting_replies' AND reply = 1"
                       " AND vantage_id = " +
                       std::to_string(vantage_)),
      1);
  ExpectCellsEqualARecount();
}

TEST_F(RejudgerTest, ControlThatOvertookTheBatchCounts) {
  const std::string name = Name("overtaken");
  const auto rejudger = Start();
  ASSERT_TRUE(rejudger->AwaitIdle(seconds(20)));
  const AwaitedSets awaited = Put(name, {{.addresses = {kTrue}}});
  rejudger->Grown({});
  Learn(name);
  rejudger->Stored(awaited);
  ASSERT_TRUE(rejudger->AwaitIdle(seconds(20)));
  EXPECT_EQ(ClassOf(name), judge::Class::kConsistent);
}

TEST_F(RejudgerTest, AStartLooksAtWhatTheLastOneLeft) {
  const std::string name = Name("left");
  const std::string unknown = Name("unknown");
  Put(name, {{.addresses = {kTrue}}});
  Put(unknown, {{.addresses = {kTrue}}});
  Learn(name);
  const auto rejudger = Start();
  ASSERT_TRUE(rejudger->AwaitIdle(seconds(20)));
  EXPECT_EQ(ClassOf(name), judge::Class::kConsistent);
  EXPECT_EQ(ClassOf(unknown), judge::Class::kInsufficient);
  ExpectCellsEqualARecount();
}

TEST_F(RejudgerTest, LosesNoNameToADeadServer) {
  const std::string name = Name("patient");
  Put(name, {{.addresses = {kTrue}}});
  std::atomic<int> errors{0};
  RejudgerOptions options{
      .connection = postgres_.Connection("taster_judge"),
      .settle = milliseconds(1),
      .now = store::Today,
      .on_error = [&errors](const absl::Status&) { ++errors; }};
  Rejudger rejudger(options, &book_, &shelf_);
  ASSERT_TRUE(rejudger.AwaitIdle(seconds(20)));
  postgres_.Kill();
  rejudger.Grown(Learn(name));
  for (int i = 0; i < 500 && errors == 0; ++i) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_GT(errors, 0);
  EXPECT_FALSE(rejudger.Idle());
  postgres_.Restart();
  ASSERT_TRUE(rejudger.AwaitIdle(seconds(30)));
  EXPECT_EQ(ClassOf(name), judge::Class::kConsistent);
}

}  // namespace
}  // namespace taster::control
