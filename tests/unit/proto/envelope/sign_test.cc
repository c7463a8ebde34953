// SPDX-License-Identifier: Apache-2.0
#include "proto/envelope/sign.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace taster::envelope {
namespace {

using Bytes = std::vector<std::uint8_t>;

template <typename T>
T Hex(std::string_view hex) {
  T value{};
  EXPECT_TRUE(FromHex(hex, value));
  return value;
}

class Sign : public ::testing::Test {
 protected:
  Sign() { Initialise(); }
};

// RFC 8032 section 7.1, test 1: the empty message.
TEST_F(Sign, IsEd25519) {
  const auto key = SigningKey::FromSeed(Hex<Secret>(
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  EXPECT_EQ(ToHex(key.public_key()),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(ToHex(key.Sign("", {})),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
}

// BLAKE2b-256 of nothing, as b2sum --length=256 gives it.
TEST_F(Sign, HashIsBlake2b256) {
  EXPECT_EQ(ToHex(HashOf(std::string_view())),
            "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  EXPECT_EQ(HashOf(std::string_view("ab")), HashOf(Bytes{'a', 'b'}));
  EXPECT_NE(HashOf(std::string_view("ab")), HashOf(std::string_view("ac")));
}

TEST_F(Sign, VerifiesExactlyWhatWasSigned) {
  const auto key = SigningKey::FromSeed(RandomSecret());
  const auto other = SigningKey::FromSeed(RandomSecret());
  const Bytes bytes = {1, 2, 3};
  const Signature signature = key.Sign(kBatchContext, bytes);
  EXPECT_TRUE(Verify(key.public_key(), kBatchContext, bytes, signature));
  EXPECT_FALSE(Verify(other.public_key(), kBatchContext, bytes, signature));
  EXPECT_FALSE(Verify(key.public_key(), kReceiptContext, bytes, signature));
  EXPECT_FALSE(Verify(key.public_key(), kBatchContext, Bytes{1, 2}, signature));
  EXPECT_FALSE(Verify(key.public_key(), kBatchContext, {}, signature));
  EXPECT_FALSE(Verify(PublicKey{}, kBatchContext, bytes, signature));
  EXPECT_FALSE(Verify(key.public_key(), kBatchContext, bytes, {}));
  EXPECT_FALSE(Verify(key.public_key(), kBatchContext, bytes,
                      std::span(signature).first(63)));
  for (std::size_t bit = 0; bit < 512; ++bit) {
    Signature forged = signature;
    forged[bit / 8] = static_cast<std::uint8_t>(forged[bit / 8] ^ 1 << bit % 8);
    EXPECT_FALSE(Verify(key.public_key(), kBatchContext, bytes, forged));
  }
}

TEST_F(Sign, NetworksDoNotLink) {
  const Secret secret = Hex<Secret>(
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  const auto here = SigningKey::ForVantage(secret, "CN/4134");
  EXPECT_EQ(here.public_key(),
            SigningKey::ForVantage(secret, "CN/4134").public_key());
  EXPECT_NE(here.public_key(),
            SigningKey::ForVantage(secret, "CN/4837").public_key());
  EXPECT_NE(here.public_key(),
            SigningKey::ForVantage(RandomSecret(), "CN/4134").public_key());
  EXPECT_NE(here.public_key(), SigningKey::FromSeed(secret).public_key());
  // Frozen: another key would be another vantage point.
  EXPECT_EQ(ToHex(here.public_key()),
            "4d195fc7d363f7a8a32eb53b163017f7fbc22c6f1b7c307bac5b0c1e0919c6cd");
}

// True iff the 32 bytes of `seed` stand anywhere in `object`.
bool Holds(const std::vector<std::uint8_t>& object, const Secret& seed) {
  for (std::size_t at = 0; at + seed.size() <= object.size(); ++at) {
    if (std::memcmp(object.data() + at, seed.data(), seed.size()) == 0) {
      return true;
    }
  }
  return false;
}

// The raw bytes of `key`, which hold its seed.
std::vector<std::uint8_t> Dump(const void* key) {
  std::vector<std::uint8_t> bytes(sizeof(SigningKey));
  std::memcpy(bytes.data(), key, bytes.size());
  return bytes;
}

TEST_F(Sign, MovingLeavesNoSecretBehind) {
  const Secret seed = RandomSecret();
  auto key = SigningKey::FromSeed(seed);
  EXPECT_TRUE(Holds(Dump(&key), seed));
  const PublicKey expected = key.public_key();
  SigningKey moved(std::move(key));
  EXPECT_FALSE(Holds(Dump(&key), seed));
  auto assigned = SigningKey::FromSeed(RandomSecret());
  assigned = std::move(moved);
  EXPECT_FALSE(Holds(Dump(&moved), seed));
  EXPECT_TRUE(Holds(Dump(&assigned), seed));
  EXPECT_EQ(assigned.public_key(), expected);
  EXPECT_TRUE(Verify(expected, "x", {}, assigned.Sign("x", {})));
}

TEST_F(Sign, DestructionWipesTheSecret) {
  const Secret seed = RandomSecret();
  // Storage that outlives the key, so that looking at it is allowed.
  alignas(SigningKey) std::array<std::uint8_t, sizeof(SigningKey)> storage;
  auto* const key = new (storage.data()) SigningKey(SigningKey::FromSeed(seed));
  EXPECT_TRUE(Holds(Dump(storage.data()), seed));
  key->~SigningKey();
  EXPECT_FALSE(Holds(Dump(storage.data()), seed));
}

TEST_F(Sign, HexGoesBothWays) {
  EXPECT_EQ(ToHex(Bytes{0, 0x0f, 0xa0, 0xff}), "000fa0ff");
  std::array<std::uint8_t, 2> out{};
  EXPECT_TRUE(FromHex("aBfF", out));
  EXPECT_EQ(out[0], 0xab);
  for (const char* hex :
       {"", "ab", "abcd0", "abcdef", "abcg", "ab d", "0xab"}) {
    EXPECT_FALSE(FromHex(hex, out)) << hex;
  }
  EXPECT_EQ(ToHex({}), "");
  EXPECT_TRUE(FromHex("", {}));
}

TEST_F(Sign, RandomIsRandom) {
  EXPECT_NE(RandomSecret(), RandomSecret());
  Bytes bytes(1000);
  FillRandom(bytes);
  EXPECT_NE(bytes, Bytes(1000));
  FillRandom({});
}

}  // namespace
}  // namespace taster::envelope
