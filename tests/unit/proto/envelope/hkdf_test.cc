// SPDX-License-Identifier: Apache-2.0
// The SHA-256 test cases of RFC 5869 appendix A.
#include "proto/envelope/hkdf.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "proto/envelope/sign.h"

namespace taster::envelope {
namespace {

using Bytes = std::vector<std::uint8_t>;

// `count` bytes that count up from `first`.
Bytes Counting(std::uint8_t first, std::size_t count) {
  Bytes bytes(count);
  for (auto& byte : bytes) byte = first++;
  return bytes;
}

std::string Derive(const Bytes& secret, const Bytes& salt, const Bytes& info,
                   std::size_t size) {
  Bytes out(size);
  HkdfSha256(secret, salt,
             {reinterpret_cast<const char*>(info.data()), info.size()}, out);
  return ToHex(out);
}

TEST(HkdfSha256, BasicCase) {
  EXPECT_EQ(Derive(Bytes(22, 0x0b), Counting(0, 13), Counting(0xf0, 10), 42),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
            "34007208d5b887185865");
}

TEST(HkdfSha256, LongInputs) {
  EXPECT_EQ(Derive(Counting(0, 80), Counting(0x60, 80), Counting(0xb0, 80), 82),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
            "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
            "cc30c58179ec3e87c14c01d5c1f3434f1d87");
}

TEST(HkdfSha256, NoSaltNoInfo) {
  EXPECT_EQ(Derive(Bytes(22, 0x0b), {}, {}, 42),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
            "9d201395faa4b61a96c8");
}

TEST(HkdfSha256, ShorterOutputIsPrefixOfLonger) {
  const Bytes secret = Counting(7, 32);
  const std::string longest = Derive(secret, {}, Counting(1, 9), 255 * 32);
  for (const std::size_t size : {0, 1, 31, 32, 33, 8160}) {
    EXPECT_EQ(Derive(secret, {}, Counting(1, 9), size),
              longest.substr(0, size * 2));
  }
}

}  // namespace
}  // namespace taster::envelope
