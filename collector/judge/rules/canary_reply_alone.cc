// SPDX-License-Identifier: Apache-2.0
// canary_reply_alone: an address that runs no DNS answered, and no control name
// was asked there.
#include "collector/judge/own_filter.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/set_context.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  const Asked& asked = subject.asked;
  return asked.server_kind == ServerKind::kCanary &&
         asked.role == QuestionRole::kTarget &&
         asked.transport == Transport::kUdp;
}

std::optional<Evidence> Examine(const Subject& subject) {
  const Asked& asked = subject.asked;
  // Then canary_reply can tell, and this one need not guess.
  if (ControlNameAt(subject.set, asked) != ControlNameFate::kNotAsked) {
    return {};
  }
  // A firewall on the way, by its own page.
  if (NamesFilter(subject)) return {};
  return Evidence{asked.server ? asked.server->address.ToString() : "",
                  "Runs no DNS, yet a reply came; whether port 53 is "
                  "redirected there for every name was not asked."};
}

}  // namespace

constinit const Rule kCanaryReplyAlone{
    .id = "canary_reply_alone",
    .summary =
        "A reply from an address that runs no DNS was injected, or port 53 is "
        "redirected.",
    .citation =
        "Anonymous et al., Triplet Censors, FOCI 2020: queries to hosts that "
        "run no resolver (https://gfw.report/publications/foci20_dns/en/)",
    .strength = Strength::kSuggests,
    .kind = Kind::kWire,
    .mechanism = Mechanism::kOnPathInjection,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
