// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/cursor.h"

#include <gtest/gtest.h>

#include <random>

namespace taster::serve {
namespace {

class CursorTest : public testing::Test {
 protected:
  CursorTest() {
    envelope::Initialise();
    secret_ = envelope::RandomSecret();
  }
  envelope::Secret secret_{};
  const std::vector<std::string> key_ = {"2026-11-20", "a:b,\"c\"", "", "-1"};
};

TEST_F(CursorTest, ComesBack) {
  const std::string cursor = MakeCursor(secret_, "cell\n-", key_);
  EXPECT_EQ(cursor.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmno"
                                     "pqrstuvwxyz0123456789-_"),
            std::string::npos);
  EXPECT_EQ(ReadCursor(secret_, "cell\n-", cursor), key_);
  const std::vector<std::string> none;
  EXPECT_EQ(ReadCursor(secret_, "q", MakeCursor(secret_, "q", none)), none);
}

TEST_F(CursorTest, BelongsToItsQuestionAndSecret) {
  const std::string cursor = MakeCursor(secret_, "cell\n-", key_);
  EXPECT_FALSE(ReadCursor(secret_, "cell\n+", cursor).has_value());
  EXPECT_FALSE(ReadCursor(envelope::RandomSecret(), "cell\n-", cursor));
}

TEST_F(CursorTest, ForgedOnesAreRefused) {
  const std::string cursor = MakeCursor(secret_, "cell\n-", key_);
  std::mt19937 random(1);
  for (std::size_t i = 0; i < cursor.size(); ++i) {
    std::string forged = cursor;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    const auto read = ReadCursor(secret_, "cell\n-", forged);
    // The last digit may hold bits that no octet has.
    if (i + 1 < cursor.size()) {
      EXPECT_FALSE(read.has_value()) << i;
    }
    EXPECT_FALSE(ReadCursor(secret_, "cell\n-", cursor.substr(0, i)));
  }
  for (const char* text : {"", "A", "!!!!", "==", "AAAAAAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_FALSE(ReadCursor(secret_, "cell\n-", text).has_value());
  }
  EXPECT_FALSE(ReadCursor(secret_, "cell\n-", std::string(1 << 20, 'A')));
}

}  // namespace
}  // namespace taster::serve
