// SPDX-License-Identifier: Apache-2.0
// The parts of a sweep: list, pace, memory of open names, recorded bytes.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include "probe/cli/name_source.h"
#include "probe/cli/study_witness.h"
#include "probe/cli/sweep_state.h"
#include "probe/cli/sweep_witness.h"
#include "probe/plan/sweep_pace.h"
#include "taster/v1/measurement.pb.h"
#include "tests/unit/probe/scratch_directory.h"

namespace taster::cli {
namespace {

using Next = NameSource::Next;

TEST(NameSource, ReadsLinesAndSkipsThem) {
  ScratchDirectory scratch;
  const auto path = (scratch.path() / "names").string();
  std::ofstream(path) << "# list\r\n\n  A.example \r\nb.example # twin\nbad_\n"
                      << "c.example";
  auto source = NameSource::Open(path);
  ASSERT_TRUE(source.ok());
  ASSERT_EQ(*(*source)->Read(), Next::kName);
  EXPECT_EQ((*source)->name().ToText(), "a.example.");
  const auto mark = (*source)->first_mark();
  ASSERT_EQ(*(*source)->Skip(), Next::kName);
  ASSERT_EQ(*(*source)->Read(), Next::kBad);
  EXPECT_EQ((*source)->why(), plan::BadName::kUnderscore);
  ASSERT_EQ(*(*source)->Read(), Next::kName);
  EXPECT_EQ((*source)->name().ToText(), "c.example.");
  EXPECT_EQ(*(*source)->Read(), Next::kEnd);
  EXPECT_EQ((*source)->entries(), 4u);
  EXPECT_EQ((*source)->first_mark(), mark);
  EXPECT_EQ((*source)->bytes(), (*source)->total_bytes());
}

TEST(NameSource, APipeMayBeSlow) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const auto path = "/proc/self/fd/" + std::to_string(ends[0]);
  auto source = NameSource::Open(path);
  ASSERT_TRUE(source.ok()) << source.status();
  EXPECT_EQ(*(*source)->Read(), Next::kWait);
  ASSERT_EQ(::write(ends[1], "a.exam", 6), 6);
  EXPECT_EQ(*(*source)->Read(), Next::kWait);
  ASSERT_EQ(::write(ends[1], "ple\n", 4), 4);
  EXPECT_EQ(*(*source)->Read(), Next::kName);
  ::close(ends[1]);
  EXPECT_EQ(*(*source)->Read(), Next::kEnd);
  ::close(ends[0]);
}

TEST(SweepPace, KeepsTheRateAndCatchesUpALittle) {
  const plan::SweepPace::Instant begun{};
  plan::SweepPace pace(1000, begun);
  std::size_t sent = 0;
  for (int ms = 0; ms <= 2000; ms += 3) {
    const auto now = begun + std::chrono::milliseconds(ms);
    const auto allowed = pace.Allowed(now);
    pace.Sent(allowed);
    sent += allowed;
  }
  EXPECT_NEAR(static_cast<double>(sent), 2000, 5);
  EXPECT_LE(pace.Allowed(begun + std::chrono::seconds(9)), 20u);
  pace.Sent(25);
  EXPECT_EQ(pace.Allowed(begun + std::chrono::seconds(9)), 0u);
  EXPECT_NEAR(pace.UntilNext().count(), 0.006, 0.0011);
}

TEST(OpenNames, BytesStayWhereTheyAreUntilDropped) {
  NameBytes names;
  std::vector<std::pair<std::uint32_t, std::vector<std::uint8_t>>> kept;
  for (std::size_t i = 0; i < 20'000; ++i) {
    std::vector<std::uint8_t> bytes(1 + i % 255, static_cast<std::uint8_t>(i));
    const auto at = names.Add(bytes);
    kept.emplace_back(at, std::move(bytes));
    if (kept.size() <= 500) continue;
    kept.erase(kept.begin());
    names.DropBefore(kept.front().first);
    if (i % 100 != 0) continue;
    for (const auto& [place, want] : kept) {
      const auto got = names.At(place, want.size());
      ASSERT_TRUE(std::ranges::equal(got, want));
    }
  }
}

TEST(SweepState, ComesBackAsItWasSaved) {
  ScratchDirectory scratch;
  const auto path = scratch.path() / "state";
  SweepState state{.question = "A 10.9.6.66:53 control.example.",
                   .first_mark = ~0ull,
                   .list_bytes = 12,
                   .counts = {.entries = 9, .asked = 7, .answered = 3}};
  state.counts.malformed[2] = 2;
  state.counts.duration = std::chrono::milliseconds(4711);
  ASSERT_TRUE(SaveSweepState(path, state).ok());
  const auto loaded = LoadSweepState(path);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->question, state.question);
  EXPECT_EQ(loaded->first_mark, state.first_mark);
  EXPECT_EQ(loaded->counts.asked, 7u);
  EXPECT_EQ(loaded->counts.malformed, state.counts.malformed);
  EXPECT_EQ(loaded->counts.duration, state.counts.duration);
  EXPECT_TRUE(
      absl::IsNotFound(LoadSweepState(scratch.path() / "nothing").status()));
}

// A control name between two questions of the walk makes no gap: a pool whose
// period is that of the recorded sets would never close.
TEST(StudyWitness, ControlNamesTakeNoNumber) {
  record::Recorder recorder(nullptr, record::RecorderOptions());
  StudyWitness witness(&recorder);
  capture::Token token = 0;
  for (const auto part : {study::Part::kWalk, study::Part::kControl,
                          study::Part::kWalk, study::Part::kWalk}) {
    study::Observation observation;
    observation.experiment.part = part;
    witness.Expect(token++, observation);
  }
  witness.Withdraw(token - 1);
  witness.Expect(token, study::Observation());
  const auto& seen = witness.observations();
  ASSERT_EQ(seen.size(), 4u);
  EXPECT_EQ(seen[2].ask, seen[0].ask + 1);
  EXPECT_EQ(seen[3].ask, seen[2].ask + 1);
}

// Keeps batches in memory.
class Shelf final : public spool::Spool {
 public:
  absl::Status Record(const spool::SpooledBatch& batch) override {
    v1::Batch parsed;
    EXPECT_TRUE(parsed.ParseFromString(batch.payload));
    for (const auto& one : parsed.measurements()) measurements.push_back(one);
    return absl::OkStatus();
  }
  absl::StatusOr<std::optional<spool::SpooledBatch>> Oldest() override {
    return std::optional<spool::SpooledBatch>();
  }
  absl::Status Deliver(const envelope::BatchId&,
                       const std::vector<spool::Refused>&) override {
    return absl::OkStatus();
  }
  absl::Status Quarantine(const envelope::BatchId&,
                          const std::string&) override {
    return absl::OkStatus();
  }
  absl::Status SetNextAttempt(std::chrono::sys_seconds) override {
    return absl::OkStatus();
  }
  absl::StatusOr<spool::SpoolStatus> Status() override {
    return spool::SpoolStatus{};
  }
  bool full() override { return false; }

  std::vector<v1::Measurement> measurements;
};

// What is recorded of a name that drew a reply late is what was sent, byte by
// byte, although nothing but name, id and time was kept.
TEST(SweepWitness, RecordsTheQueryAsItWasSent) {
  Shelf shelf;
  record::Recorder recorder(&shelf, record::RecorderOptions());
  SweepQuestions what{.canaries = {*net::Endpoint::Parse("10.9.6.66", 53)},
                      .shape = {},
                      .control_name = *dns::Name::Parse("control.example")};
  SweepWitness witness(what, {}, &recorder);
  const auto name = *dns::Name::Parse("www.example");
  const auto token = witness.ExpectName(name);
  std::array<std::uint8_t, dns::QueryTemplate::kMaxQueryBytes> query{};
  const auto size =
      dns::QueryTemplate::Build(what.shape)
          ->Write(0xbeef, dns::Name::Parse("wWw.eXaMPle")->wire(), query);
  const auto sent = std::span(query).first(size);
  const auto time = std::chrono::floor<std::chrono::microseconds>(
                        std::chrono::system_clock::now()) -
                    std::chrono::milliseconds(700);
  witness.OnSent(token, {.query = sent, .source_port = 4711, .time = time});
  auto reply = query;
  reply[2] |= 0x80;
  witness.OnArrived(token, {.message = std::span(reply).first(size),
                            .source = what.canaries.front(),
                            .ip_ttl = {},
                            .dont_fragment = {},
                            .ip_id_zero = {},
                            .matches = true});
  witness.OnClosed(token, capture::Outcome::kResponse, 2);
  EXPECT_EQ(witness.counts().asked, 0u) << "its control name is due";
  capture::Token control = 0;
  ASSERT_TRUE(witness.NextControl(&control));
  witness.OnSent(control, {.query = sent, .source_port = 1, .time = time});
  witness.OnClosed(control, capture::Outcome::kTimeout, 0);
  EXPECT_EQ(witness.counts().answered, 1u);
  EXPECT_EQ(witness.counts().replies, 3u);
  EXPECT_TRUE(witness.idle());
  ASSERT_TRUE(recorder.Flush().ok());
  ASSERT_EQ(shelf.measurements.size(), 2u);
  const auto& target = shelf.measurements[0];
  EXPECT_EQ(target.query(),
            std::string(reinterpret_cast<const char*>(query.data()), size));
  EXPECT_EQ(target.source_port(), 4711u);
  EXPECT_EQ(target.query_time().nanos() / 1000,
            time.time_since_epoch().count() % 1'000'000);
  EXPECT_EQ(target.uncounted_responses(), 2u);
  EXPECT_EQ(shelf.measurements[1].question_role(),
            v1::QUESTION_ROLE_CONTROL_NAME);
  EXPECT_EQ(shelf.measurements[0].set(), shelf.measurements[1].set());
}

TEST(SweepWitness, WhatCouldNotLeaveIsNotCountedAsSilent) {
  Shelf shelf;
  record::Recorder recorder(&shelf, record::RecorderOptions());
  SweepQuestions what{.canaries = {*net::Endpoint::Parse("10.9.6.66", 53)},
                      .shape = {},
                      .control_name = *dns::Name::Parse("control.example")};
  SweepWitness witness(what, {}, &recorder);
  const auto name = *dns::Name::Parse("www.example");
  const auto lost = witness.ExpectName(name);
  const auto other = witness.ExpectName(name);
  witness.OnClosed(lost, capture::Outcome::kSendFailed, 0);
  EXPECT_EQ(witness.unsent_streak(), 1u);
  EXPECT_EQ(witness.counts().entries, 0u) << "perhaps the network is gone";
  std::array<std::uint8_t, dns::QueryTemplate::kMaxQueryBytes> query{};
  const auto size =
      dns::QueryTemplate::Build(what.shape)->Write(1, name.wire(), query);
  witness.OnSent(
      other,
      {.query = std::span(query).first(size), .source_port = 1, .time = {}});
  witness.OnClosed(other, capture::Outcome::kTimeout, 0);
  EXPECT_EQ(witness.unsent_streak(), 0u);
  EXPECT_EQ(witness.counts().asked, 2u);
  EXPECT_EQ(witness.counts().unsent, 1u);
}

}  // namespace
}  // namespace taster::cli
