// SPDX-License-Identifier: Apache-2.0
// Extract, then expand.
#include "proto/envelope/hkdf.h"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace taster::envelope {
namespace {

using Block = std::array<std::uint8_t, crypto_auth_hmacsha256_BYTES>;

// RFC 5869 section 2.2.
Block Extract(std::span<const std::uint8_t> salt,
              std::span<const std::uint8_t> secret) {
  constexpr Block kNoSalt{};
  if (salt.empty()) salt = kNoSalt;
  Block key;
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, salt.data(), salt.size());
  crypto_auth_hmacsha256_update(&state, secret.data(), secret.size());
  crypto_auth_hmacsha256_final(&state, key.data());
  sodium_memzero(&state, sizeof state);
  return key;
}

// T(counter) of RFC 5869 section 2.3; `previous` is empty for the first.
Block ExpandStep(const Block& key, std::span<const std::uint8_t> previous,
                 std::string_view info, std::uint8_t counter) {
  Block block;
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  crypto_auth_hmacsha256_update(&state, previous.data(), previous.size());
  crypto_auth_hmacsha256_update(
      &state, reinterpret_cast<const std::uint8_t*>(info.data()), info.size());
  crypto_auth_hmacsha256_update(&state, &counter, 1);
  crypto_auth_hmacsha256_final(&state, block.data());
  sodium_memzero(&state, sizeof state);
  return block;
}

}  // namespace

void HkdfSha256(std::span<const std::uint8_t> secret,
                std::span<const std::uint8_t> salt, std::string_view info,
                std::span<std::uint8_t> out) {
  Block key = Extract(salt, secret);
  Block block;
  std::span<const std::uint8_t> previous;
  for (std::uint8_t counter = 1; !out.empty(); ++counter) {
    block = ExpandStep(key, previous, info, counter);
    previous = block;
    const std::size_t count = std::min(out.size(), block.size());
    std::copy_n(block.begin(), count, out.begin());
    out = out.subspan(count);
  }
  sodium_memzero(key.data(), key.size());
  sodium_memzero(block.data(), block.size());
}

}  // namespace taster::envelope
