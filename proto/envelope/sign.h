// SPDX-License-Identifier: Apache-2.0
// Hashes, signatures and key derivation of the protocol, by libsodium.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace taster::envelope {

using Hash = std::array<std::uint8_t, 32>;       // BLAKE2b-256
using PublicKey = std::array<std::uint8_t, 32>;  // Ed25519
using Signature = std::array<std::uint8_t, 64>;  // Ed25519
using Secret = std::array<std::uint8_t, 32>;     // a probe's or seed's secret

// Must be called once before anything else here; thread-safe, idempotent.
// Aborts when the system has no usable random source.
void Initialise();

// BLAKE2b-256.
Hash HashOf(std::span<const std::uint8_t> bytes);
Hash HashOf(std::string_view bytes);

// An Ed25519 key pair. The secret half is wiped on destruction and when the
// key is moved away; a key that was moved from must not sign.
class SigningKey {
 public:
  static SigningKey FromSeed(const Secret& seed);
  // A vantage point's key: HKDF-SHA256 (RFC 5869) of the probe's secret with
  // the info string "taster vantage v1 CC/ASN", so that keys of two networks
  // cannot be linked without the secret. `network` is "CC/ASN", e.g. "CN/4134".
  static SigningKey ForVantage(const Secret& probe_secret,
                               std::string_view network);
  ~SigningKey();
  SigningKey(SigningKey&& other) noexcept;
  SigningKey& operator=(SigningKey&& other) noexcept;
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;

  const PublicKey& public_key() const { return public_; }
  Signature Sign(std::string_view context,
                 std::span<const std::uint8_t> bytes) const;

 private:
  SigningKey() = default;
  PublicKey public_{};
  std::array<std::uint8_t, 64> secret_{};
};

// True iff `signature` by `key` covers `context` followed by `bytes`.
bool Verify(const PublicKey& key, std::string_view context,
            std::span<const std::uint8_t> bytes,
            std::span<const std::uint8_t> signature);

// Contexts that keep signatures of one kind from passing as another.
inline constexpr std::string_view kBatchContext = "taster batch v1\n";
inline constexpr std::string_view kReceiptContext = "taster receipt v1\n";

Secret RandomSecret();
void FillRandom(std::span<std::uint8_t> out);

// Lower-case hex; FromHex wants exactly N bytes, either letter case.
std::string ToHex(std::span<const std::uint8_t> bytes);
bool FromHex(std::string_view hex, std::span<std::uint8_t> out);

}  // namespace taster::envelope
