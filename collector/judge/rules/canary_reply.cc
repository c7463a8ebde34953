// SPDX-License-Identifier: Apache-2.0
// canary_reply: something answered for an address that runs no DNS.
#include "collector/judge/own_filter.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/set_context.h"

namespace taster::judge {
namespace {

// Over a stream the address would have to shake hands first, so that it is no
// canary.
bool Applies(const Subject& subject) {
  const Asked& asked = subject.asked;
  return asked.server_kind == ServerKind::kCanary &&
         asked.role == QuestionRole::kTarget &&
         asked.transport == Transport::kUdp &&
         ControlNameAt(subject.set, asked) != ControlNameFate::kNotAsked;
}

std::optional<Evidence> Examine(const Subject& subject) {
  const Asked& asked = subject.asked;
  // Port 53 is redirected to a resolver that answers for every name.
  if (ControlNameAt(subject.set, asked) == ControlNameFate::kAnswered) {
    return {};
  }
  // A firewall on the way, by its own page.
  if (NamesFilter(subject)) return {};
  return Evidence{asked.server ? asked.server->address.ToString() : "",
                  "Runs no DNS and is silent for the control name, yet a "
                  "reply came for this one."};
}

}  // namespace

constinit const Rule kCanaryReply{
    .id = "canary_reply",
    .summary = "A reply from an address that runs no DNS was injected.",
    .citation =
        "Anonymous et al., Triplet Censors, FOCI 2020: queries to hosts that "
        "run no resolver (https://gfw.report/publications/foci20_dns/en/)",
    .strength = Strength::kConfirms,
    .kind = Kind::kWire,
    .mechanism = Mechanism::kOnPathInjection,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
