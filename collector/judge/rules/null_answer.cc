// SPDX-License-Identifier: Apache-2.0
// null_answer: nobody's address, for a name that nobody else forges.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/special_purpose.h"

namespace taster::judge {
namespace {

// Nobody is served from there, whether or not a control was asked.
bool Applies(const Subject& subject) {
  return !subject.reply.addresses.empty() && !NameDrawsForgeries(subject);
}

std::optional<Evidence> Examine(const Subject& subject) {
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    if (!IsNull(answer.address)) continue;
    if (ControlReturned(subject, answer.address)) continue;
    return Evidence{answer.address.ToString(),
                    "The null address: how filters refuse a name."};
  }
  return {};
}

}  // namespace

constinit const Rule kNullAnswer{
    .id = "null_answer",
    .summary =
        "The null address is how blocking resolvers that their users chose "
        "refuse a name.",
    .citation =
        "RFC 1122 section 3.2.1.3: 0.0.0.0 is no destination; AdGuard DNS "
        "answers so for blocked names "
        "(https://adguard-dns.io/kb/general/dns-filtering/)",
    .strength = Strength::kSuggests,
    .kind = Kind::kWire,
    .mechanism = Mechanism::kSecurityProduct,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
