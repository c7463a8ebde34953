// SPDX-License-Identifier: Apache-2.0
// teredo_answer: an address in 2001::/96, which is no Teredo address.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/special_purpose.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    if (!answer.address.is_v4()) return true;
  }
  return false;
}

std::optional<Evidence> Examine(const Subject& subject) {
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    if (!kTeredoWithoutServer.Contains(answer.address)) continue;
    // Then the zone itself is wrong, not the reply.
    if (ControlReturned(subject, answer.address)) continue;
    return Evidence{answer.address.ToString(),
                    "Lies in 2001::/96: a Teredo address with no server."};
  }
  return {};
}

}  // namespace

constinit const Rule kTeredoAnswer{
    .id = "teredo_answer",
    .summary = "An address in 2001::/96 is an injector's placeholder.",
    .citation =
        "RFC 4380 section 4; forged by the thousand: Hoang et al., USENIX "
        "Security 2021, section 5.2 (https://arxiv.org/abs/2106.02167)",
    .strength = Strength::kConfirms,
    .kind = Kind::kWire,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
