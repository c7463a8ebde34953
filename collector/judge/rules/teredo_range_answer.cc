// SPDX-License-Identifier: Apache-2.0
// teredo_range_answer: an address that may be a client's Teredo address, where
// controls saw none.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/special_purpose.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  if (!ControlSpeaks(subject.asked)) return false;
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    if (!answer.address.is_v4()) return true;
  }
  return false;
}

std::optional<Evidence> Examine(const Subject& subject) {
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    const net::IpAddress& address = answer.address;
    // teredo_answer speaks of the latter.
    if (!kTeredo.Contains(address) || kTeredoWithoutServer.Contains(address)) {
      continue;
    }
    if (ControlReturned(subject, address)) continue;
    return Evidence{address.ToString(),
                    "Lies in the Teredo prefix 2001::/32, where controls saw "
                    "no address of this name."};
  }
  return {};
}

}  // namespace

constinit const Rule kTeredoRangeAnswer{
    .id = "teredo_range_answer",
    .summary = "A Teredo address that no control saw is seldom a site's own.",
    .citation =
        "Hoang et al., USENIX Security 2021, section 5.2 "
        "(https://arxiv.org/abs/2106.02167); RFC 4380 section 2.6",
    .strength = Strength::kSuggests,
    .kind = Kind::kWire,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
