// SPDX-License-Identifier: Apache-2.0
// The registry.
#include "collector/judge/ruleset.h"

#include <array>
#include <cstdint>
#include <string_view>

#include "collector/judge/rules/rules.h"
#include "collector/judge/verdict.h"

namespace taster::judge {
namespace {

// Moves by hand when the truth table, the mechanisms or a rule's insides
// change without a new rule id.
constexpr std::string_view kEdition = "2026.11.4";

constexpr std::array kRules = {
    &kAnswerWhereNoneExists,
    &kBlockPageAnswer,
    &kBogonAnswer,
    &kCanaryReply,
    &kCanaryReplyAlone,
    &kCensorSinkholeAnswer,
    &kCensorshipDeclared,
    &kCertificateRefuted,
    &kCertificateValid,
    &kConflictingReplies,
    &kControlAgrees,
    &kDeniedExistingName,
    &kDnssecFailure,
    &kDnssecRefuted,
    &kEarlyReply,
    &kEncryptedTwinDiffers,
    &kFilterAnswer,
    &kFilteringDeclared,
    &kForeignAlias,
    &kForeignAs,
    &kForeignPrefix,
    &kForgedPoolAddress,
    &kForgedPoolAddressAlone,
    &kIdentityElsewhere,
    &kLearnedPoolAddress,
    &kNullAnswer,
    &kNullAnswerCensoredName,
    &kNxdomainRewriteAnswer,
    &kRdClearAuthoritative,
    &kSafeSearchAnswer,
    &kSharedAnswer,
    &kSharedFilterAnswer,
    &kTeredoAnswer,
    &kTeredoRangeAnswer,
    &kTtlAboveZone,
};

// FNV-1a, 64 bits: stable across builds and machines.
class Hash {
 public:
  constexpr void Add(std::uint8_t byte) {
    value_ = (value_ ^ byte) * 0x100000001b3;
  }
  constexpr void Add(std::string_view text) {
    for (const char c : text) Add(static_cast<std::uint8_t>(c));
    Add(std::uint8_t{0});
  }
  constexpr void Add(std::chrono::sys_days day) {
    auto count = static_cast<std::uint32_t>(day.time_since_epoch().count());
    for (int i = 0; i < 4; ++i, count >>= 8) {
      Add(static_cast<std::uint8_t>(count));
    }
  }
  constexpr std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325;
};

constexpr std::uint64_t HashOf(const Rule& rule) {
  Hash hash;
  hash.Add(rule.id);
  hash.Add(static_cast<std::uint8_t>(rule.strength));
  hash.Add(static_cast<std::uint8_t>(rule.kind));
  hash.Add(static_cast<std::uint8_t>(rule.mechanism));
  hash.Add(rule.effective_from);
  hash.Add(rule.effective_until);
  return hash.value();
}

}  // namespace

std::span<const Rule* const> Ruleset() { return kRules; }

std::string VersionOf(std::span<const Rule* const> rules) {
  std::uint64_t sum = 0;
  for (const Rule* rule : rules) sum += HashOf(*rule);
  auto folded = static_cast<std::uint32_t>(sum ^ sum >> 32);
  std::string version = std::string(kEdition) + "-";
  for (int i = 0; i < 8; ++i, folded <<= 4) {
    version += "0123456789abcdef"[folded >> 28];
  }
  return version;
}

std::string_view RulesetVersion() {
  static const std::string version = VersionOf(kRules);
  return version;
}

}  // namespace taster::judge
