// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/document_cache.h"

#include <gtest/gtest.h>

namespace taster::serve {
namespace {

std::shared_ptr<const std::string> Document(std::size_t size) {
  return std::make_shared<const std::string>(size, 'x');
}

TEST(DocumentCacheTest, StaysWithinItsBytes) {
  DocumentCache cache(10'000);
  for (int i = 0; i < 100; ++i) {
    cache.Put("key" + std::to_string(i), Document(1'000));
    EXPECT_LE(cache.bytes(), 10'000u);
  }
  EXPECT_NE(cache.Find("key99"), nullptr);
  EXPECT_EQ(cache.Find("key0"), nullptr);
}

TEST(DocumentCacheTest, KeepsWhatIsAskedFor) {
  DocumentCache cache(10'000);
  cache.Put("wanted", Document(1'000));
  for (int i = 0; i < 50; ++i) {
    cache.Put("key" + std::to_string(i), Document(1'000));
    ASSERT_NE(cache.Find("wanted"), nullptr);
  }
}

TEST(DocumentCacheTest, PassesOverWhatIsTooLarge) {
  DocumentCache cache(10'000);
  cache.Put("large", Document(2'000));
  EXPECT_EQ(cache.Find("large"), nullptr);
  EXPECT_EQ(cache.bytes(), 0u);
}

}  // namespace
}  // namespace taster::serve
