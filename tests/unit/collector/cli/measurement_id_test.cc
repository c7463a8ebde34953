// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/measurement_id.h"

#include <gtest/gtest.h>

namespace taster::cli {
namespace {

constexpr char kId[] = "2/0000512b92295117d02ef9f238195ce7/131";

TEST(MeasurementIdTest, RoundTrips) {
  const auto id = ParseMeasurementId(kId);
  ASSERT_TRUE(id.has_value());
  EXPECT_EQ(id->batch.vantage_id, 2);
  EXPECT_EQ(id->ordinal, 131u);
  EXPECT_EQ(ToText(*id), kId);
}

TEST(MeasurementIdTest, TakesTheDashesOfAUuid) {
  const auto id =
      ParseMeasurementId("2/0000512b-9229-5117-d02e-f9f238195ce7/131");
  ASSERT_TRUE(id.has_value());
  EXPECT_EQ(ToText(*id), kId);
}

TEST(MeasurementIdTest, RefusesOtherForms) {
  for (const auto* text :
       {"", "2", "2/0000512b92295117d02ef9f238195ce7", "//", "2//131",
        "x/0000512b92295117d02ef9f238195ce7/131",
        "2/0000512b92295117d02ef9f238195ce7/-1",
        "2/0000512b92295117d02ef9f238195ce7/131 ",
        "2/0000512b92295117d02ef9f238195cez/131",
        "99999999999999999999/0000512b92295117d02ef9f238195ce7/1"}) {
    EXPECT_FALSE(ParseMeasurementId(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace taster::cli
