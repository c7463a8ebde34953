// SPDX-License-Identifier: Apache-2.0
// The questions of a study.
#include "probe/study/experiments.h"

#include <gtest/gtest.h>

#include <set>

namespace taster::study {
namespace {

StudyNames Names() {
  return {.name = *dns::Name::Parse("www.example"),
          .control_name = *dns::Name::Parse("control.example")};
}

TEST(Experiments, EveryLengthButOneByteMore) {
  const auto name = Names().name;
  const auto own = name.wire().size();
  EXPECT_FALSE(Lengthen(name, own - 1));
  EXPECT_FALSE(Lengthen(name, own + 1));
  EXPECT_FALSE(Lengthen(name, 256));
  EXPECT_EQ(*Lengthen(name, own), name);
  for (auto bytes = own + 2; bytes <= 255; ++bytes) {
    const auto longer = Lengthen(name, bytes);
    ASSERT_TRUE(longer) << bytes;
    EXPECT_EQ(longer->wire().size(), bytes);
    EXPECT_TRUE(longer->IsWithin(name));
  }
}

TEST(Experiments, AllWaysOfAsking) {
  std::set<std::uint16_t> types;
  std::set<std::tuple<bool, bool, bool>> flags;
  std::size_t controls = 0;
  for (const auto& one : ListExperiments(Names())) {
    if (one.part == Part::kType) types.insert(one.shape.qtype);
    if (one.part == Part::kFlags) {
      flags.emplace(one.shape.recursion_desired, one.shape.checking_disabled,
                    one.shape.edns);
    }
    const bool is_control = one.part == Part::kControl;
    controls += is_control ? 1 : 0;
    EXPECT_EQ(one.qname == Names().control_name, is_control);
  }
  EXPECT_EQ(types, (std::set<std::uint16_t>{1, 2, 6, 16, 28, 65}));
  EXPECT_EQ(flags.size(), 8u);
  EXPECT_EQ(controls, 3u);
}

}  // namespace
}  // namespace taster::study
