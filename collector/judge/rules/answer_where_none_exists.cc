// SPDX-License-Identifier: Apache-2.0
// answer_where_none_exists: addresses of a type that the name has none of.
#include "collector/judge/agreement.h"
#include "collector/judge/own_filter.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/translation.h"
#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  const Asked& asked = subject.asked;
  return asked.control != nullptr && asked.control->saw_nodata &&
         asked.control->addresses.empty() && !asked.control->saw_nxdomain &&
         (asked.qtype == dns::kTypeAaaa || asked.qtype == dns::kTypeHttps ||
          asked.qtype == dns::kTypeSvcb) &&
         !subject.reply.addresses.empty();
}

// A DNS64 makes AAAA answers out of A answers; an owner may roll a type out in
// one place first.
bool MayBeGenuine(const Subject& subject, const net::IpAddress& address) {
  if (IsTranslated(subject.set, address)) return true;
  if (ControlReturned(subject, address)) return true;
  const net::IpAddress decoded = Decoded(subject.set, address);
  if (IsForgersAddress(subject, decoded)) return false;
  return HostingOf(subject, address) == Hosting::kOwn;
}

std::optional<Evidence> Examine(const Subject& subject) {
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    if (MayBeGenuine(subject, answer.address)) continue;
    if (IsOwnFilters(subject)) return {};
    return Evidence{answer.address.ToString(),
                    "Controls saw that the name has no records of this type."};
  }
  return {};
}

}  // namespace

constinit const Rule kAnswerWhereNoneExists{
    .id = "answer_where_none_exists",
    .summary =
        "An address of a type that controls saw the name without was made up.",
    .citation =
        "Hoang et al., USENIX Security 2021, section 5.2: forged IPv6 answers "
        "(https://arxiv.org/abs/2106.02167); RFC 6147 section 5.1 (DNS64)",
    .strength = Strength::kSuggests,
    .kind = Kind::kControl,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
