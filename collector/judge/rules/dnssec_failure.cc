// SPDX-License-Identifier: Apache-2.0
// dnssec_failure: a validating resolver refuses what reached it for a signed
// name, and shows it when told not to validate.
#include <algorithm>

#include "collector/judge/refutation.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/twins.h"
#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

// RFC 8914 section 4: codes that speak of DNSSEC.
bool SpeaksOfDnssec(std::uint16_t code) {
  constexpr std::uint16_t kIndeterminate = 5;
  constexpr std::uint16_t kNsecMissing = 12;
  return code == 1 || code == 2 ||
         (code >= kIndeterminate && code <= kNsecMissing);
}

bool Applies(const Subject& subject) {
  const Asked& asked = subject.asked;
  return subject.reply.rcode == dns::kRcodeServFail &&
         (asked.query_flags & dns::kFlagCd) == 0 && asked.control != nullptr &&
         asked.control->authenticated &&
         (asked.server_kind == ServerKind::kRecursive ||
          asked.server_kind == ServerKind::kSystem);
}

// An address that the server gives when validation is off, and that controls
// refute; nullptr if there is none.
const AnsweredAddress* SwallowedBy(const Subject& subject, const Asked& twin) {
  for (const Observation& reply : twin.replies) {
    if (reply.fit != Fit::kMatches) continue;
    if (AreAddressesRefuted({subject.set, twin, reply})) {
      return &reply.addresses.front();
    }
  }
  return nullptr;
}

std::optional<Evidence> Examine(const Subject& subject) {
  const auto& codes = subject.reply.extended_errors;
  // It says itself that something else went wrong.
  if (!codes.empty() &&
      std::none_of(codes.begin(), codes.end(), SpeaksOfDnssec)) {
    return {};
  }
  for (const Asked& twin : subject.set.asked) {
    if ((twin.query_flags & dns::kFlagCd) == 0) continue;
    if (!AreTwins(twin, subject.asked)) continue;
    const AnsweredAddress* swallowed = SwallowedBy(subject, twin);
    if (swallowed == nullptr) continue;
    return Evidence{swallowed->address.ToString(),
                    "The server refuses what it got for this signed name; "
                    "with checking disabled it shows this address, which "
                    "controls refute."};
  }
  return {};
}

}  // namespace

constinit const Rule kDnssecFailure{
    .id = "dnssec_failure",
    .summary =
        "A validating resolver that fails for a signed name, and without "
        "validation shows a false address, was fed a forgery.",
    .citation =
        "RFC 4035 sections 3.2.2 (CD) and 5.5 (SERVFAIL for what does not "
        "validate); RFC 8914 section 4.7 (DNSSEC Bogus); a negative trust "
        "anchor would answer instead (RFC 7646 section 1)",
    .strength = Strength::kSuggests,
    .kind = Kind::kProof,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
