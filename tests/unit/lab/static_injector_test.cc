// SPDX-License-Identifier: Apache-2.0
// One fixed address, as the rules file has it.
#include "tests/lab/censor/static_injector.h"

#include <gtest/gtest.h>

#include "tests/unit/lab/queries.h"

namespace taster::lab {
namespace {

constexpr Injector kStatic = Injector::kStatic;

StaticInjector Describe() {
  return {.id = "static",
          .a = {10, 10, 34, 35},
          .aaaa = {},
          .rr_ttl = 1,
          .names = {"static.test"}};
}

Decision AskOne(const StaticInjector& injector, const QuerySpec& spec) {
  Rules rules = MakeRules();
  rules.static_injectors.push_back(injector);
  Censor censor(std::move(rules), 1);
  return Ask(censor, spec);
}

TEST(StaticInjectorTest, AnswersItsNamesAndThoseBelow) {
  for (const char* name : {"static.test", "www.STATIC.test"}) {
    const Decision decision = AskOne(Describe(), {.name = name});
    const Emission* emission = From(kStatic, decision);
    ASSERT_NE(emission, nullptr) << name;
    EXPECT_EQ(RdataOf(*emission), (Bytes{10, 10, 34, 35}));
    EXPECT_EQ(RrTtlOf(*emission), 1u);
    EXPECT_EQ(FlagsOf(*emission), 0x8180);
    EXPECT_EQ(decision.emissions.size(), 1u);
  }
  for (const char* name : {"ecstatic.test", "static.test.example", "test"}) {
    EXPECT_EQ(From(kStatic, AskOne(Describe(), {.name = name})), nullptr);
  }
}

TEST(StaticInjectorTest, AnswersAaaaAsTold) {
  const QuerySpec spec{.name = "static.test", .type = kTypeAaaa};
  StaticInjector injector = Describe();
  EXPECT_EQ(From(kStatic, AskOne(injector, spec)), nullptr);
  injector.aaaa = Ipv6{0, 0xD0};
  const Decision own = AskOne(injector, spec);
  EXPECT_EQ(TypeOf(*From(kStatic, own)), kTypeAaaa);
  EXPECT_EQ(RdataOf(*From(kStatic, own)).size(), 16u);
  injector.a_for_aaaa = true;
  EXPECT_EQ(TypeOf(*From(kStatic, AskOne(injector, spec))), kTypeA);
  const QuerySpec https{.name = "static.test", .type = kTypeHttps};
  EXPECT_EQ(From(kStatic, AskOne(injector, https)), nullptr);
}

TEST(StaticInjectorTest, IsAsLateAsTold) {
  StaticInjector injector = Describe();
  injector.late = std::chrono::milliseconds(60);
  const Decision decision = AskOne(injector, {.name = "static.test"});
  EXPECT_GE(From(kStatic, decision)->delay, injector.late);
}

TEST(StaticInjectorTest, LowersCaseIfTold) {
  const QuerySpec spec{.name = "StAtIc.tEsT"};
  StaticInjector injector = Describe();
  const auto question_of = [](const Decision& decision) {
    const Bytes& message = From(kStatic, decision)->message;
    return Bytes(message.begin() + 12, message.begin() + 25);
  };
  EXPECT_EQ(question_of(AskOne(injector, spec)), EncodeName("StAtIc.tEsT"));
  injector.lowers_case = true;
  EXPECT_EQ(question_of(AskOne(injector, spec)), EncodeName("static.test"));
}

}  // namespace
}  // namespace taster::lab
