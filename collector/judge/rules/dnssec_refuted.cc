// SPDX-License-Identifier: Apache-2.0
// dnssec_refuted: an address that no control saw for a name whose addresses
// DNSSEC proves.
#include <algorithm>

#include "collector/judge/agreement.h"
#include "collector/judge/own_filter.h"
#include "collector/judge/refutation.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/translation.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  const Control* control = subject.asked.control.get();
  return control != nullptr && control->authenticated &&
         !subject.reply.addresses.empty();
}

// Signed zones may answer differently by place: an address that comes with a
// signature, or is of the owner's own AS, contradicts nothing.
std::optional<Evidence> Examine(const Subject& subject) {
  const Observation& reply = subject.reply;
  if (reply.other_records > 0 || !AreAddressesRefuted(subject)) return {};
  // Who answers for names that do not exist sells search pages.
  const Control& control = *subject.asked.control;
  if (control.saw_nxdomain && control.addresses.empty()) return {};
  const bool translated =
      std::any_of(reply.addresses.begin(), reply.addresses.end(),
                  [&](const AnsweredAddress& answer) {
                    return IsTranslated(subject.set, answer.address);
                  });
  // A translator answers for signed names as well (RFC 6147 section 3).
  if (translated || IsOwnFilters(subject)) return {};
  return Evidence{reply.addresses.front().address.ToString(),
                  "Carries no signature, where controls validated what the "
                  "signed zone says: other addresses of other owners."};
}

}  // namespace

constinit const Rule kDnssecRefuted{
    .id = "dnssec_refuted",
    .summary =
        "For a signed name, an unsigned answer with addresses that the "
        "validated ones contradict was forged.",
    .citation =
        "RFC 4035 section 3.1.1: signed zones answer with signatures; section "
        "5.3: only what they verify is the zone's",
    .strength = Strength::kConfirms,
    .kind = Kind::kProof,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
