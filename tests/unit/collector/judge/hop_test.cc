// SPDX-License-Identifier: Apache-2.0
// Where injectors are found, on paths that are known.
#include "collector/judge/hop.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/collector/judge/path_model.h"

namespace taster::judge {
namespace {

using Ttl = ModelInjector::Ttl;

HopRange At(int hop) {
  return {static_cast<std::uint8_t>(hop), static_cast<std::uint8_t>(hop)};
}

TraceFinding Locate(const ModelPath& path, const ModelSeries& plan = {}) {
  std::mt19937 random(7);
  return LocateInjectors(PathModel(path, random).Trace(plan));
}

TEST(Hop, FirstStepThatDrewIsTheHopOfRandomAndFixedTtl) {
  for (const Ttl ttl : {Ttl::kRandom, Ttl::kFixed}) {
    for (int hop = 1; hop <= 4; ++hop) {
      const auto finding =
          Locate({.routers = 3, .injectors = {{.hop = hop, .ttl = ttl}}});
      ASSERT_EQ(finding.injectors.size(), 1u) << hop;
      EXPECT_EQ(finding.injectors[0].method, HopMethod::kFirstDrawn);
      EXPECT_EQ(finding.injectors[0].hop, At(hop));
      EXPECT_EQ(finding.server, HopRange(4, 4));
      EXPECT_EQ(finding.symmetric, true);
    }
  }
}

TEST(Hop, CopiedTtlIsHalvedAndNotTakenForTheFirstStep) {
  for (int hop = 1; hop <= 6; ++hop) {
    const auto finding =
        Locate({.routers = 6, .injectors = {{.hop = hop, .ttl = Ttl::kCopied}}},
               {.max_hops = 9});
    ASSERT_EQ(finding.injectors.size(), 1u) << hop;
    EXPECT_EQ(finding.injectors[0].method, HopMethod::kMirrored);
    EXPECT_EQ(finding.injectors[0].hop, At(hop));
  }
}

TEST(Hop, CopiedTtlIsAnIntervalWhereTheWayBackIsBent) {
  for (const int bend : {-2, -1, 1, 2}) {
    const auto finding =
        Locate({.routers = 6,
                .bent_from = 2,
                .bend = bend,
                .injectors = {{.hop = 4, .ttl = Ttl::kCopied}}});
    ASSERT_EQ(finding.injectors.size(), 1u);
    EXPECT_EQ(finding.symmetric, false);
    EXPECT_FALSE(finding.injectors[0].hop.exact());
    EXPECT_LE(finding.injectors[0].hop.low, 4);
    EXPECT_GE(finding.injectors[0].hop.high, 4);
  }
}

TEST(Hop, CopiedTtlIsAnIntervalWhereNoServerTellsTheWayBack) {
  const auto finding = Locate({.routers = 6,
                               .server_answers = false,
                               .injectors = {{.hop = 3, .ttl = Ttl::kCopied}}});
  ASSERT_EQ(finding.injectors.size(), 1u);
  EXPECT_FALSE(finding.symmetric.has_value());
  EXPECT_EQ(finding.injectors[0].hop, HopRange(1, 5));
  EXPECT_EQ(finding.injectors[0].likely, 3);
}

TEST(Hop, SilentServerNeedsNoDistance) {
  const auto finding = Locate(
      {.routers = 6, .server_answers = false, .injectors = {{.hop = 3}}});
  ASSERT_EQ(finding.injectors.size(), 1u);
  EXPECT_EQ(finding.injectors[0].hop, HopRange(3, 3));
  EXPECT_FALSE(finding.server.has_value());
}

TEST(Hop, InjectorsThatLookDifferentAreFoundEach) {
  const auto finding =
      Locate({.routers = 6,
              .injectors = {{.hop = 5, .ttl = Ttl::kRandom, .look = 1},
                            {.hop = 2, .ttl = Ttl::kCopied, .look = 2}}});
  ASSERT_EQ(finding.injectors.size(), 2u);
  EXPECT_EQ(finding.injectors[0].hop, HopRange(2, 2));
  // Only the first step that drew anything was confirmed.
  EXPECT_EQ(finding.injectors[1].hop, HopRange(3, 5));
}

TEST(Hop, InjectorsThatLookTheSameLeaveTheNearest) {
  const auto finding =
      Locate({.routers = 6, .injectors = {{.hop = 5}, {.hop = 3}}});
  ASSERT_EQ(finding.injectors.size(), 1u);
  EXPECT_EQ(finding.injectors[0].hop, HopRange(3, 3));
}

TEST(Hop, NothingForgedIsNothing) {
  EXPECT_TRUE(Locate({.routers = 6}).injectors.empty());
  EXPECT_TRUE(
      Locate({.routers = 6, .server_answers = false}).injectors.empty());
  EXPECT_TRUE(LocateInjectors({}).injectors.empty());
}

// A proxy that answers every name is no injector: it answers the control name.
TEST(Hop, WhoAnswersTheControlNameTooIsTheServer) {
  const auto finding = Locate({.routers = 0});
  EXPECT_EQ(finding.server, HopRange(1, 1));
  EXPECT_TRUE(finding.injectors.empty());
}

TEST(Hop, FewTriesWithoutConfirmationLeaveAnInterval) {
  const auto finding =
      Locate({.routers = 6, .injectors = {{.hop = 5}}}, {.confirms = false});
  ASSERT_EQ(finding.injectors.size(), 1u);
  EXPECT_EQ(finding.injectors[0].hop.high, 5);
  EXPECT_LT(finding.injectors[0].hop.low, 5);
}

TEST(Hop, RulesHaveTheLastWord) {
  std::mt19937 random(7);
  auto series = PathModel({.routers = 6, .injectors = {{.hop = 3}}}, random)
                    .Trace(ModelSeries{});
  for (auto& one : series) {
    for (auto& reply : one.replies) reply.origin = Origin::kGenuine;
  }
  EXPECT_TRUE(LocateInjectors(series).injectors.empty());
}

TEST(Hop, UnknownIpTtlsLeaveOnlyTheUpperBound) {
  std::mt19937 random(7);
  auto series = PathModel({.routers = 6, .injectors = {{.hop = 3}}}, random)
                    .Trace(ModelSeries{});
  for (auto& one : series) {
    for (auto& reply : one.replies) reply.ip_ttl.reset();
  }
  const auto finding = LocateInjectors(series);
  ASSERT_EQ(finding.injectors.size(), 1u);
  EXPECT_EQ(finding.injectors[0].hop, HopRange(1, 3));
}

TEST(Hop, RouterIsWhoSentMostTimeExceeded) {
  const auto router = [](std::uint32_t last) {
    return net::IpAddress::FromV4(0x01010100 + last);
  };
  std::vector<TraceTry> series(5, {.query_ip_ttl = 3});
  EXPECT_FALSE(RouterAt(series, 3).has_value());
  series[0].router = series[1].router = router(1);
  series[2].router = router(2);
  EXPECT_EQ(RouterAt(series, 3), router(1));
  EXPECT_FALSE(RouterAt(series, 2).has_value());
  series[3].router = router(2);
  EXPECT_FALSE(RouterAt(series, 3).has_value());
}

TEST(Hop, ForgedTimeExceededMovesNoHop) {
  std::mt19937 random(7);
  auto series = PathModel({.routers = 6, .injectors = {{.hop = 3}}}, random)
                    .Trace(ModelSeries{});
  const auto honest = LocateInjectors(series);
  const auto forger = net::IpAddress::FromV4(0x06060606);
  for (auto& one : series) one.router = forger;
  const auto forged = LocateInjectors(series);
  ASSERT_EQ(forged.injectors.size(), 1u);
  EXPECT_EQ(forged.injectors[0].hop, honest.injectors[0].hop);
  EXPECT_EQ(forged.server, honest.server);
  EXPECT_EQ(RouterAt(series, 3), forger);
}

// Thousands of paths: an estimate may be wide, or be missing, but never wrong.
class RandomPaths : public ::testing::TestWithParam<ModelSeries> {};

TEST_P(RandomPaths, NoEstimateIsWrong) {
  std::mt19937 random(20261122);
  int wrong = 0, exact = 0, wide = 0, missing = 0;
  for (int i = 0; i < 20'000; ++i) {
    const ModelPath path = RandomPath(random);
    ModelSeries plan = GetParam();
    plan.max_hops = std::uniform_int_distribution<int>(
        path.routers, path.routers + 4)(random);
    const auto finding = LocateInjectors(PathModel(path, random).Trace(plan));
    for (const InjectorHop& found : finding.injectors) {
      const bool right = std::ranges::any_of(
          path.injectors, [&](const ModelInjector& injector) {
            return injector.look == found.look &&
                   found.hop.low <= injector.hop &&
                   injector.hop <= found.hop.high;
          });
      wrong += right ? 0 : 1;
      EXPECT_TRUE(right) << "path " << i << ": " << int{found.hop.low} << " to "
                         << int{found.hop.high};
      (found.hop.exact() ? exact : wide) += 1;
    }
    if (finding.injectors.empty() && !path.injectors.empty()) ++missing;
  }
  std::printf("exact %d, interval %d, none although there %d, wrong %d\n",
              exact, wide, missing, wrong);
}

INSTANTIATE_TEST_SUITE_P(
    Hop, RandomPaths,
    ::testing::Values(ModelSeries{},
                      ModelSeries{.repeats = 3, .confirms = false},
                      ModelSeries{.repeats = 3, .far = false},
                      ModelSeries{.repeats = 1, .confirms = false}));

// Where the path allows it, the hop is exact: one injector that answers what
// it sees, a way back as long as the way out, at most 5 % loss each way.
TEST(Hop, ExactWhereThePathAllows) {
  std::mt19937 random(4);
  int exact = 0;
  constexpr int kPaths = 5000;
  for (int i = 0; i < kPaths; ++i) {
    ModelPath path = RandomPath(random);
    const Ttl ttl = Ttl(i % 3);
    path.bend = 0;
    path.server_answers = path.server_answers || ttl == Ttl::kCopied;
    path.loss_out /= 2;
    path.loss_back /= 2;
    path.injectors = {{.hop = 1 + i % (path.routers + 1), .ttl = ttl}};
    const auto finding = LocateInjectors(
        PathModel(path, random).Trace({.max_hops = path.routers + 2}));
    exact += finding.injectors.size() == 1 && finding.injectors[0].hop.exact()
                 ? 1
                 : 0;
  }
  std::printf("exact %d of %d\n", exact, kPaths);
  EXPECT_GE(exact, kPaths * 98 / 100);
}

}  // namespace
}  // namespace taster::judge
