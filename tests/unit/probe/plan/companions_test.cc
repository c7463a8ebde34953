// SPDX-License-Identifier: Apache-2.0
#include "probe/plan/companions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probe/plan/stream_server.h"
#include "tests/unit/probe/plan/plan_cases.h"

namespace taster::plan {
namespace {

using testing::ElementsAre;

TEST(CompanionsTest, NothingIsAddedUnasked) {
  EXPECT_THAT(WithCompanions(Volunteer(), {MakeName("a.example")}),
              ElementsAre(MakeName("a.example")));
}

TEST(CompanionsTest, EachNameHasOneTwin) {
  auto options = Volunteer();
  options.www_twins = true;
  EXPECT_THAT(
      WithCompanions(options, {MakeName("a.example"), MakeName("www.b.example"),
                               MakeName("www.a.example")}),
      ElementsAre(MakeName("a.example"), MakeName("www.b.example"),
                  MakeName("www.a.example")));
  EXPECT_THAT(WithCompanions(options, {MakeName("a.example")}),
              ElementsAre(MakeName("a.example"), MakeName("www.a.example")));
}

TEST(CompanionsTest, NamesOfResolversAreTargetsOnce) {
  auto options = Volunteer();
  options.streams = {*ParseStreamServer("tls://8.8.8.8#dns.google"),
                     *ParseStreamServer("https://8.8.8.8/q#dns.google"),
                     *ParseStreamServer("tcp://8.8.8.8")};
  EXPECT_THAT(WithCompanions(options, {MakeName("a.example")}),
              ElementsAre(MakeName("a.example"), MakeName("dns.google")));
}

}  // namespace
}  // namespace taster::plan
