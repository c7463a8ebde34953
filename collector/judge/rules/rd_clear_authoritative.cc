// SPDX-License-Identifier: Apache-2.0
// rd_clear_authoritative: the server turns authoritative when it is told not to
// recurse, for this name alone.
#include <algorithm>

#include "collector/judge/rules/rules.h"
#include "collector/judge/twins.h"
#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

bool RecursionDesired(const Asked& asked) {
  return (asked.query_flags & dns::kFlagRd) != 0;
}

// 0x8400: AA set, RD and RA clear.
bool IsAuthoritative(const Observation& reply) {
  return reply.Has(dns::kFlagQr) && reply.Has(dns::kFlagAa) &&
         !reply.Has(dns::kFlagRd) && !reply.Has(dns::kFlagRa);
}

// Authoritative servers answer so by right.
bool Applies(const Subject& subject) {
  const Asked& asked = subject.asked;
  return IsAuthoritative(subject.reply) && !RecursionDesired(asked) &&
         asked.server_kind != ServerKind::kAuthoritative &&
         asked.role == QuestionRole::kTarget &&
         asked.transport == Transport::kUdp &&
         std::any_of(subject.set.asked.begin(), subject.set.asked.end(),
                     [&](const Asked& other) {
                       return RecursionDesired(other) &&
                              WentTheSameWay(other, asked) &&
                              AreTwins(other, asked);
                     });
}

bool DrewAuthoritative(const Asked& asked) {
  return std::any_of(
      asked.replies.begin(), asked.replies.end(), [](const Observation& reply) {
        return reply.fit == Fit::kMatches && reply.Has(dns::kFlagAa);
      });
}

bool DrewOtherwise(const Asked& asked) {
  return std::any_of(
      asked.replies.begin(), asked.replies.end(), [](const Observation& reply) {
        return reply.fit == Fit::kMatches && reply.Has(dns::kFlagQr) &&
               !reply.Has(dns::kFlagAa);
      });
}

std::optional<Evidence> Examine(const Subject& subject) {
  bool twin_differs = false;
  bool control_name_asked = false;
  for (const Asked& other : subject.set.asked) {
    if (!WentTheSameWay(other, subject.asked)) continue;
    if (other.role == QuestionRole::kControlName && !RecursionDesired(other)) {
      // So it does for every name.
      if (DrewAuthoritative(other)) return {};
      control_name_asked = true;
    } else if (RecursionDesired(other) && AreTwins(other, subject.asked)) {
      if (DrewAuthoritative(other)) return {};
      twin_differs = twin_differs || DrewOtherwise(other);
    }
  }
  if (!twin_differs || !control_name_asked) return {};
  return Evidence{"0x8400",
                  "With RD clear the reply is authoritative, with RD set it is "
                  "not; the control name's is neither way."};
}

}  // namespace

constinit const Rule kRdClearAuthoritative{
    .id = "rd_clear_authoritative",
    .summary =
        "AA that follows the inverse of RD, for this name alone, is an "
        "injector's.",
    .citation =
        "Fan et al., Wallbleed, NDSS 2025 "
        "(https://gfw.report/publications/ndss25/en/)",
    .strength = Strength::kSuggests,
    .kind = Kind::kWire,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
