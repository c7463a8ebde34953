// SPDX-License-Identifier: Apache-2.0
// Applies one rule to one reply.
#include "collector/judge/rule.h"

#include <array>
#include <utility>

namespace taster::judge {

std::string_view ToString(Mechanism mechanism) {
  constexpr std::array<std::string_view, 16> kTexts = {
      "none",
      "on_path_injection",
      "resolver_poisoned",
      "delegation_poisoned",
      "resolver_lying",
      "intercepted",
      "substituted",
      "dropped",
      "reset",
      "encrypted_dns_blocked",
      "address_blocked",
      "tls_intercepted",
      "safe_search",
      "security_product",
      "nxdomain_rewritten",
      "geo_refused",
  };
  const auto index = static_cast<std::size_t>(mechanism);
  return index < kTexts.size() ? kTexts[index] : "unknown";
}

namespace {

bool IsEffective(const Rule& rule, std::chrono::sys_days day) {
  return rule.effective_from <= day && day < rule.effective_until;
}

}  // namespace

std::optional<Evidence> Fire(const Rule& rule, const Subject& subject) {
  if (!rule.applies(subject)) return {};
  if (!IsEffective(rule, subject.set.date)) return {};
  return rule.examine(subject);
}

Finding Apply(const Rule& rule, const Subject& subject) {
  if (!rule.applies(subject)) return {&rule, Status::kNotApplicable, {}};
  if (!IsEffective(rule, subject.set.date)) {
    return {&rule, Status::kNotEffective, {}};
  }
  auto evidence = rule.examine(subject);
  if (!evidence) return {&rule, Status::kClear, {}};
  return {&rule, Status::kFired, *std::move(evidence)};
}

}  // namespace taster::judge
