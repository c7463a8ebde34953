// SPDX-License-Identifier: Apache-2.0
// Thin and typed: what the protocol needs of libsodium.
#include "proto/envelope/sign.h"

#include <sodium.h>

#include <cstdio>
#include <cstdlib>

#include "proto/envelope/hkdf.h"

namespace taster::envelope {
namespace {

const std::uint8_t* AsBytes(const char* text) {
  return reinterpret_cast<const std::uint8_t*>(text);
}

// What a signature covers.
std::string Join(std::string_view context,
                 std::span<const std::uint8_t> bytes) {
  std::string joined(context);
  joined.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return joined;
}

// -1 when `digit` is none.
int HexValue(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

}  // namespace

void Initialise() {
  if (sodium_init() >= 0) return;
  std::fputs("taster: no usable source of random numbers\n", stderr);
  std::abort();
}

Hash HashOf(std::span<const std::uint8_t> bytes) {
  Hash hash;
  crypto_generichash(hash.data(), hash.size(), bytes.data(), bytes.size(),
                     nullptr, 0);
  return hash;
}

Hash HashOf(std::string_view bytes) {
  return HashOf(std::span(AsBytes(bytes.data()), bytes.size()));
}

SigningKey SigningKey::FromSeed(const Secret& seed) {
  SigningKey key;
  crypto_sign_seed_keypair(key.public_.data(), key.secret_.data(), seed.data());
  return key;
}

SigningKey SigningKey::ForVantage(const Secret& probe_secret,
                                  std::string_view network) {
  Secret seed;
  HkdfSha256(probe_secret, {},
             std::string("taster vantage v1 ").append(network), seed);
  SigningKey key = FromSeed(seed);
  sodium_memzero(seed.data(), seed.size());
  return key;
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

SigningKey::SigningKey(SigningKey&& other) noexcept
    : public_(other.public_), secret_(other.secret_) {
  sodium_memzero(other.secret_.data(), other.secret_.size());
}

SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
  if (this == &other) return *this;
  public_ = other.public_;
  secret_ = other.secret_;
  sodium_memzero(other.secret_.data(), other.secret_.size());
  return *this;
}

Signature SigningKey::Sign(std::string_view context,
                           std::span<const std::uint8_t> bytes) const {
  const std::string covered = Join(context, bytes);
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, AsBytes(covered.data()),
                       covered.size(), secret_.data());
  return signature;
}

bool Verify(const PublicKey& key, std::string_view context,
            std::span<const std::uint8_t> bytes,
            std::span<const std::uint8_t> signature) {
  if (signature.size() != std::tuple_size_v<Signature>) return false;
  const std::string covered = Join(context, bytes);
  return crypto_sign_verify_detached(signature.data(), AsBytes(covered.data()),
                                     covered.size(), key.data()) == 0;
}

Secret RandomSecret() {
  Secret secret;
  FillRandom(secret);
  return secret;
}

void FillRandom(std::span<std::uint8_t> out) {
  if (!out.empty()) randombytes_buf(out.data(), out.size());
}

std::string ToHex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 0xf];
  }
  return hex;
}

bool FromHex(std::string_view hex, std::span<std::uint8_t> out) {
  if (hex.size() != out.size() * 2) return false;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = HexValue(hex[2 * i]);
    const int low = HexValue(hex[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    out[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return true;
}

}  // namespace taster::envelope
