// SPDX-License-Identifier: Apache-2.0
// denied_existing_name: the resolver denies a name that exists.
#include "collector/judge/own_filter.h"
#include "collector/judge/refutation.h"
#include "collector/judge/rules/rules.h"
#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  const Asked& asked = subject.asked;
  return subject.reply.rcode == dns::kRcodeNxDomain &&
         (asked.server_kind == ServerKind::kRecursive ||
          asked.server_kind == ServerKind::kSystem) &&
         (asked.name_control != nullptr || asked.control != nullptr);
}

std::optional<Evidence> Examine(const Subject& subject) {
  // A filter that says so is not taken for a liar.
  if (!IsDenialRefuted(subject) || IsOwnFilters(subject)) return {};
  return Evidence{"NXDOMAIN",
                  "Controls saw addresses of this name and never "
                  "that it does not exist."};
}

}  // namespace

constinit const Rule kDeniedExistingName{
    .id = "denied_existing_name",
    .summary =
        "A denial of a name that controls saw addresses of, and never a "
        "denial, is a lie of the resolver.",
    .citation =
        "RFC 2308 section 2.1: NXDOMAIN says that the name does not exist, "
        "whatever the type; Niaki et al., ICLab, IEEE S&P 2020 "
        "(https://arxiv.org/abs/1907.04245)",
    .strength = Strength::kSuggests,
    .kind = Kind::kControl,
    .mechanism = Mechanism::kResolverLying,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
