// SPDX-License-Identifier: Apache-2.0
#include "collector/store/utf8.h"

#include <gtest/gtest.h>

namespace taster::store {
namespace {

TEST(Utf8, AcceptsTheEdgesOfEveryLength) {
  for (const char* good :
       {"", "a", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
        "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf",
        "x\xe6\xb1\xa1x"}) {
    EXPECT_TRUE(IsUtf8(good)) << good;
  }
}

TEST(Utf8, RefusesOverlongSurrogatesStumpsAndBeyond) {
  for (const char* bad :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2x", "\xe0\x9f\xbf",
        "\xed\xa0\x80", "\xe6\xb1", "\xe6\xb1x", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "a\xb1\x5c"}) {
    EXPECT_FALSE(IsUtf8(bad)) << bad;
  }
}

}  // namespace
}  // namespace taster::store
