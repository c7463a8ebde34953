// SPDX-License-Identifier: Apache-2.0
// Limits are refusals: nothing beyond them passes, and nothing is clamped.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "probe/plan/stream_server.h"
#include "tests/unit/probe/plan/plan_cases.h"

namespace taster::plan {
namespace {

using ::testing::HasSubstr;

void ExpectForbidden(const PlanOptions& options, const std::string& key) {
  const auto status = CheckPolicy(options);
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << key;
  EXPECT_THAT(std::string(status.message()), HasSubstr(key));
}

TEST(Policy, AnOrdinaryVolunteerPlanPasses) {
  EXPECT_TRUE(CheckPolicy(Volunteer()).ok()) << CheckPolicy(Volunteer());
}

TEST(Policy, RateAboveTheCapIsForbidden) {
  for (const double rate : {2.0001, 1e9, 0.0, -1.0, std::nan("")}) {
    auto options = Volunteer();
    options.rate = rate;
    ExpectForbidden(options, "plan.rate");
  }
}

TEST(Policy, VolunteersAskCompiledResolversOnly) {
  auto options = Volunteer();
  options.resolvers.push_back(Server("8.8.8.9"));
  ExpectForbidden(options, "plan.resolvers");
  options.profile = Profile::kControl;
  EXPECT_TRUE(CheckPolicy(options).ok());
}

TEST(Policy, StreamsAreHeldToTheSameList) {
  for (const char* text :
       {"tls://8.8.8.9", "tls://10.0.0.1", "tls://8.8.8.8:8853",
        "https://8.8.8.8:53/dns-query", "tcp://8.8.8.8:853"}) {
    auto options = Volunteer();
    options.streams = {*ParseStreamServer(text)};
    ExpectForbidden(options, "plan.streams");
  }
  auto options = Volunteer();
  options.streams = {*ParseStreamServer("tcp://8.8.8.8"),
                     *ParseStreamServer("tls://8.8.8.8#dns.google"),
                     *ParseStreamServer("https://8.8.8.8/q#dns.google")};
  EXPECT_TRUE(CheckPolicy(options).ok()) << CheckPolicy(options);
}

TEST(Policy, TriesHaveABound) {
  for (const int tries : {0, kMaxTries + 1}) {
    auto options = Volunteer();
    options.tries = tries;
    ExpectForbidden(options, "plan.tries");
  }
}

TEST(Policy, PrivateServersNeedLab) {
  for (const auto profile :
       {Profile::kVolunteer, Profile::kControl, Profile::kLab}) {
    auto options = Volunteer();
    options.profile = profile;
    options.resolvers = {Server("10.0.0.1")};
    ExpectForbidden(options, "plan.resolvers");
    options.resolvers = {};
    options.canaries = {Server("[::ffff:10.0.0.1]:53")};
    ExpectForbidden(options, "plan.canaries");
    options.lab = true;
    EXPECT_EQ(CheckPolicy(options).ok(), profile != Profile::kVolunteer);
  }
}

TEST(Policy, VolunteersCannotSayLab) {
  auto options = Volunteer();
  options.lab = true;
  ExpectForbidden(options, "lab");
}

TEST(Policy, OtherPortsTypesAndWindowsAreForbidden) {
  auto options = Volunteer();
  options.canaries = {Server("202.0.2.1:123")};
  ExpectForbidden(options, "port other than 53");
  for (const std::uint16_t type :
       std::initializer_list<std::uint16_t>{255, 252, 46, 15, 0}) {
    options = Volunteer();
    options.types = {type};
    ExpectForbidden(options, "plan.types");
  }
  options = Volunteer();
  options.window = std::chrono::seconds(16);
  ExpectForbidden(options, "plan.window_seconds");
}

TEST(Policy, CanariesAreFew) {
  auto options = Volunteer();
  options.canaries.assign(33, Server("202.0.2.1"));
  ExpectForbidden(options, "plan.canaries");
}

}  // namespace
}  // namespace taster::plan
