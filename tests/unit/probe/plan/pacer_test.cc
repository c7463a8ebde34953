// SPDX-License-Identifier: Apache-2.0
// Gaps look like chance, and no draw breaks a limit.
#include "probe/plan/pacer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "tests/unit/probe/plan/plan_cases.h"

namespace taster::plan {
namespace {

using Seconds = std::chrono::duration<double>;

// Send times when every query goes out as soon as it may.
std::vector<double> SendTimes(Pacer& pacer,
                              std::span<const net::Endpoint> servers,
                              std::size_t count) {
  const Instant start{std::chrono::hours(1)};
  Instant now = start;
  std::vector<double> times;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& server = servers[i % servers.size()].address;
    now = std::max(now, pacer.NextDue(server, now));
    pacer.Sent(server, now);
    times.push_back(Seconds(now - start).count());
  }
  return times;
}

// Kolmogorov-Smirnov distance between the gaps and an exponential law.
double Distance(const std::vector<double>& times, double rate) {
  std::vector<double> gaps;
  for (std::size_t i = 1; i < times.size(); ++i) {
    gaps.push_back(times[i] - times[i - 1]);
  }
  std::ranges::sort(gaps);
  const auto n = static_cast<double>(gaps.size());
  double distance = 0;
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    const double expected = 1 - std::exp(-rate * gaps[i]);
    distance =
        std::max({distance, std::abs(expected - static_cast<double>(i) / n),
                  std::abs(expected - static_cast<double>(i + 1) / n)});
  }
  return distance;
}

TEST(Pacer, GapsAreExponential) {
  Rng rng(3);
  Pacer pacer(50, CapsOf(Profile::kLab), rng);
  const std::vector servers = {Server("10.0.0.1")};
  const auto times = SendTimes(pacer, servers, 2001);
  EXPECT_LT(Distance(times, 50), 1.63 / std::sqrt(2000));  // p > 0.01
  EXPECT_NEAR(times.back(), 40, 4);
}

TEST(Pacer, NoTenSecondsHoldMoreThanTheCap) {
  Rng rng(4);
  const auto caps = CapsOf(Profile::kVolunteer);
  Pacer pacer(caps.rate, caps, rng);
  std::vector<net::Endpoint> servers;
  for (int i = 0; i < 40; ++i) {
    servers.push_back(Server("203.0.113." + std::to_string(i)));
  }
  const auto times = SendTimes(pacer, servers, 3000);
  for (std::size_t i = 20; i < times.size(); ++i) {
    ASSERT_GE(times[i] - times[i - 20], 10 - 1e-6);
  }
}

TEST(Pacer, OneServerIsAskedAtMostEveryFiveSeconds) {
  Rng rng(5);
  const auto caps = CapsOf(Profile::kVolunteer);
  Pacer pacer(caps.rate, caps, rng);
  const std::vector servers = {Server("8.8.8.8"), Server("1.1.1.1")};
  const auto times = SendTimes(pacer, servers, 400);
  double longest = 0;
  for (std::size_t i = 2; i < times.size(); ++i) {
    ASSERT_GE(times[i] - times[i - 2], 5 - 1e-6);
    longest = std::max(longest, times[i] - times[i - 2]);
  }
  EXPECT_GT(longest, 5.5);  // Not a metronome.
}

TEST(Pacer, ControlsRestFiftyTimesASecondPerServer) {
  Rng rng(6);
  const auto caps = CapsOf(Profile::kControl);
  Pacer pacer(200, caps, rng);
  const std::vector servers = {Server("8.8.8.8")};
  const auto times = SendTimes(pacer, servers, 500);
  EXPECT_GE(times.back() - times.front(), 499 / 50.0);
}

}  // namespace
}  // namespace taster::plan
