// SPDX-License-Identifier: Apache-2.0
// Checks signatures, within a budget of work.
#pragma once

#include <string>
#include <vector>

#include "collector/control/dnssec/crypto.h"
#include "collector/control/dnssec/proof.h"
#include "collector/control/dnssec/rrset.h"

namespace taster::control::dnssec {

// The keys that sign a zone.
struct ZoneKeys {
  dns::Name zone;
  std::vector<Key> keys;
};

// Within one proof: what hostile zones can make a validator do is bounded, by
// counts alone, so that everybody comes to the same result (CVE-2023-50387,
// KeyTrap; CVE-2023-50868).
class Verification {
 public:
  static constexpr int kMaxChecksALink = 16;
  static constexpr int kMaxChecks = 24;
  static constexpr int kMaxKeysATag = 4;

  explicit Verification(Seconds time) : time_(time) {}

  // Another link begins, with a budget of its own.
  void BeginLink() { checks_in_link_ = 0; }

  // Secure: one of `keys` signed the set, and that holds now. `labels`, if
  // given, becomes how many of the owner's labels were signed: fewer than it
  // has where a wildcard was expanded.
  Conclusion Verify(const Rrset& set, const ZoneKeys& keys, int* labels);

  int checks() const { return checks_; }
  Seconds valid_from() const { return valid_from_; }
  Seconds valid_until() const { return valid_until_; }

 private:
  // Of one signature; `*over` true: the budget is spent.
  Conclusion TrySignature(const Rrset& set, const Signature& signature,
                          const ZoneKeys& keys, bool* over);
  Conclusion TryKeys(const Rrset& set, const Signature& signature,
                     const ZoneKeys& keys, bool* over);

  const Seconds time_;
  int checks_ = 0;
  int checks_in_link_ = 0;
  Seconds valid_from_ = Seconds::min();
  Seconds valid_until_ = Seconds::max();
};

}  // namespace taster::control::dnssec
