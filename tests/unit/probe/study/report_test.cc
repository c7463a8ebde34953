// SPDX-License-Identifier: Apache-2.0
// A report of three made-up injectors and of silence.
#include "probe/study/report.h"

#include <gtest/gtest.h>

#include "tests/unit/probe/study/pool_walker.h"

namespace taster::study {
namespace {

constexpr std::size_t kLimit = 100;  // Longest name of the walker.

StudyNames Names() {
  return {.name = *dns::Name::Parse("www.example"),
          .control_name = *dns::Name::Parse("control.example")};
}

// One walks and mirrors; one picks at random and counts its IP TTL.
class TwoInjectors {
 public:
  std::vector<Observation> Observe(std::size_t walk) {
    std::vector<Observation> seen;
    for (const auto& one : ListExperiments(Names())) Add(one, 5000, &seen);
    for (std::size_t i = 0; i < walk; ++i) {
      Add(WalkStep(Names(), Part::kWalk), 5000, &seen);
    }
    for (std::size_t i = 0; i < 256; ++i) {
      Add(WalkStep(Names(), Part::kFlow),
          static_cast<std::uint16_t>(6000 + 61 * (i % 32)), &seen);
    }
    return seen;
  }

 private:
  void Add(const Experiment& one, std::uint16_t flow,
           std::vector<Observation>* seen) {
    Observation observation;
    observation.experiment = one;
    observation.flow = flow;
    observation.ask = static_cast<std::uint32_t>(seen->size());
    if (one.part != Part::kControl) {
      observation.replies = {Walker(one, flow), Picker(one)};
      if (one.qname.wire().size() > kLimit) {
        observation.replies.erase(observation.replies.begin());
      }
    }
    seen->push_back(std::move(observation));
  }
  Reply Walker(const Experiment& one, std::uint16_t flow) {
    std::vector<Draw> draws;
    walker_.Ask(flow, {}, &draws);
    const bool rd = one.shape.recursion_desired;
    Reply reply;
    reply.flags = static_cast<std::uint16_t>(rd ? 0x8180 : 0x8400);
    reply.rr_type = 1;
    reply.rr_ttl = 60 + draws.front().ask * 37 % 200;
    reply.case_kept = true;
    reply.addresses = {draws.front().address};
    reply.fingerprint.authoritative = !rd;
    reply.fingerprint.dont_fragment = false;
    reply.fingerprint.ip_id_zero = true;
    reply.fingerprint.answers = true;
    reply.ip_ttl =
        static_cast<std::uint8_t>(one.ip_ttl.value_or(kLowIpTtl) - 14);
    return reply;
  }
  Reply Picker(const Experiment& one) {
    std::vector<Draw> draws;
    picker_.Ask(1, {.random_pool = true}, &draws);
    Reply reply;
    reply.flags = 0x8180;
    reply.rr_type = one.shape.qtype;
    reply.rr_ttl = 60;
    reply.ip_ttl = ip_ttl_++;
    reply.addresses = {draws.front().address};
    reply.fingerprint.dont_fragment = true;
    reply.fingerprint.ip_id_zero = false;
    reply.fingerprint.answers = true;
    return reply;
  }

  PoolWalker walker_{97, 3, 2};
  PoolWalker picker_{50, 1, 3};
  std::uint8_t ip_ttl_ = 0;
};

TEST(Report, TellsTwoInjectorsApart) {
  const auto seen = TwoInjectors().Observe(256);
  EXPECT_TRUE(WalkIsSettled(seen));
  const auto report = Summarise(seen);
  EXPECT_EQ(report.control_replies, 0u);
  EXPECT_EQ(report.walked, 256u);
  ASSERT_EQ(report.responders.size(), 2u);
  const auto& picker = report.responders[0];
  const auto& walker = report.responders[1];
  EXPECT_EQ(walker.flags_rd1, 0x8180);
  EXPECT_EQ(walker.flags_rd0, 0x8400);
  EXPECT_EQ(walker.ip_ttl_mirrored, true);
  EXPECT_TRUE(walker.case_kept);
  EXPECT_EQ(walker.longest_answered, kLimit);
  EXPECT_EQ(walker.shortest_silent, kLimit + 1);
  EXPECT_EQ(walker.rr_ttl.kind, SeriesKind::kSpread);
  EXPECT_EQ(walker.types.at(28), 1);
  EXPECT_TRUE(IsWholePool(walker.pool.order, 97));
  EXPECT_EQ(walker.processes.count, 3u);
  EXPECT_EQ(picker.flags_rd0, 0x8180);
  EXPECT_EQ(picker.ip_ttl.kind, SeriesKind::kCounting);
  EXPECT_EQ(picker.ip_ttl_mirrored, false);
  EXPECT_EQ(picker.rr_ttl.kind, SeriesKind::kFixed);
  EXPECT_EQ(picker.pool.kind, PoolKind::kRandom);
  EXPECT_EQ(picker.shortest_silent, 0u);
}

TEST(Report, CellsCountWhoReplied) {
  const auto report = Summarise(TwoInjectors().Observe(64));
  // Eight of flags, less the plain one that is also of types; six of types.
  EXPECT_EQ(report.cells.size(), 13u);
  for (const auto& cell : report.cells) {
    EXPECT_EQ(cell.replies.size(), 2u);
    EXPECT_EQ(cell.other_replies, 0u);
    for (const auto& [sender, count] : cell.replies) {
      EXPECT_EQ(count, cell.asked);
    }
  }
}

TEST(Report, AWalkThatJustBeganIsNotSettled) {
  EXPECT_FALSE(WalkIsSettled(TwoInjectors().Observe(64)));
}

TEST(Report, SilenceIsAReportToo) {
  std::vector<Observation> seen;
  for (const auto& one : ListExperiments(Names())) {
    Observation silent;
    silent.experiment = one;
    seen.push_back(silent);
  }
  const auto report = Summarise(seen);
  EXPECT_EQ(report.answered, 0u);
  EXPECT_TRUE(report.responders.empty());
  EXPECT_FALSE(WalkIsSettled(seen));
}

}  // namespace
}  // namespace taster::study
