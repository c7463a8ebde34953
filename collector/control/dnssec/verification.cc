// SPDX-License-Identifier: Apache-2.0
#include "collector/control/dnssec/verification.h"

#include <algorithm>
#include <cstdint>

#include "collector/control/dnssec/name_order.h"
#include "proto/dns/presentation.h"

namespace taster::control::dnssec {
namespace {

using std::chrono::seconds;

// Signed seconds from `time` to a time modulo 2^32 (RFC 4034 section 3.1.5).
seconds Until(Seconds time, std::uint32_t serial) {
  const auto now = static_cast<std::uint32_t>(time.time_since_epoch().count());
  return seconds(static_cast<std::int32_t>(serial - now));
}

std::string Named(const Rrset& set) {
  return dns::TypeToText(set.type) + " of " + set.owner.ToText();
}

// "2026-11-22".
std::string DayText(Seconds time) {
  const std::chrono::year_month_day day(
      std::chrono::floor<std::chrono::days>(time));
  const auto two = [](unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return std::to_string(static_cast<int>(day.year())) + "-" +
         two(static_cast<unsigned>(day.month())) + "-" +
         two(static_cast<unsigned>(day.day()));
}

Conclusion Bogus(std::string reason) {
  return {Result::kBogus, std::move(reason)};
}

// Of two reasons why a set is not secure, the one that says more: what is
// unknown might have been right.
Conclusion Kinder(Conclusion left, Conclusion right) {
  return left.result == Result::kUnvalidated ? left : right;
}

}  // namespace

Conclusion Verification::TryKeys(const Rrset& set, const Signature& signature,
                                 const ZoneKeys& keys, bool* over) {
  int tried = 0;
  for (const Key& key : keys.keys) {
    if (key.tag != signature.key_tag || key.algorithm != signature.algorithm) {
      continue;
    }
    if (++tried > kMaxKeysATag) {
      *over = true;
      return {Result::kUnvalidated,
              "more than " + std::to_string(kMaxKeysATag) + " keys of " +
                  keys.zone.ToText() + " have the tag " +
                  std::to_string(signature.key_tag)};
    }
    if (checks_in_link_ == kMaxChecksALink || checks_ == kMaxChecks) {
      *over = true;
      return {Result::kUnvalidated, "too many signatures to check"};
    }
    ++checks_;
    ++checks_in_link_;
    if (Verifies(set, signature, key)) return {Result::kSecure, ""};
  }
  if (tried == 0) {
    return Bogus("no key " + std::to_string(signature.key_tag) + " of " +
                 keys.zone.ToText() + " for the " + Named(set));
  }
  return Bogus("the signature over the " + Named(set) + " is wrong");
}

Conclusion Verification::TrySignature(const Rrset& set,
                                      const Signature& signature,
                                      const ZoneKeys& keys, bool* over) {
  if (signature.signer != keys.zone) {
    return Bogus("the " + Named(set) + " is signed by " +
                 signature.signer.ToText() + ", not by " + keys.zone.ToText());
  }
  if (!IsAlgorithmKnown(signature.algorithm)) {
    return {Result::kUnvalidated,
            "algorithm " + std::to_string(signature.algorithm) +
                " of the signature over the " + Named(set) + " is not known"};
  }
  if (signature.labels > CountLabels(set.owner)) {
    return Bogus("the signature over the " + Named(set) +
                 " is for a longer name");
  }
  const seconds since = -Until(time_, signature.inception);
  const seconds left = Until(time_, signature.expiration);
  if (since < seconds(0)) {
    return Bogus("the signature over the " + Named(set) +
                 " begins to be valid on " + DayText(time_ - since));
  }
  if (left < seconds(0)) {
    return Bogus("the signature over the " + Named(set) + " expired on " +
                 DayText(time_ + left));
  }
  Conclusion tried = TryKeys(set, signature, keys, over);
  if (!tried.is_secure()) return tried;
  valid_from_ = std::max(valid_from_, time_ - since);
  valid_until_ = std::min(valid_until_, time_ + left);
  return tried;
}

Conclusion Verification::Verify(const Rrset& set, const ZoneKeys& keys,
                                int* labels) {
  Conclusion worst = Bogus("the " + Named(set) + " is not signed");
  for (const Signature& signature : set.signatures) {
    bool over = false;
    Conclusion tried = TrySignature(set, signature, keys, &over);
    if (tried.is_secure() && labels != nullptr) *labels = signature.labels;
    if (tried.is_secure() || over) return tried;
    worst = Kinder(std::move(worst), std::move(tried));
  }
  return worst;
}

}  // namespace taster::control::dnssec
