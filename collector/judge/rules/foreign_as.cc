// SPDX-License-Identifier: Apache-2.0
// foreign_as: an origin AS that controls never saw for this name.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/translation.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  return !subject.reply.addresses.empty() && NameControlSpeaks(subject);
}

std::optional<Evidence> Examine(const Subject& subject) {
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    if (ControlReturned(subject, answer.address)) continue;
    if (HostingOf(subject, Decoded(subject.set, answer.address)) ==
        Hosting::kForeign) {
      return Evidence{answer.address.ToString(),
                      "Announced by an AS that controls never saw for it."};
    }
  }
  return {};
}

}  // namespace

constinit const Rule kForeignAs{
    .id = "foreign_as",
    .summary =
        "An AS that controls never saw for the name may be a forgery, or a "
        "content network near the user.",
    .citation =
        "Pearce et al., Global Measurement of DNS Manipulation, USENIX "
        "Security 2017, consistency metrics "
        "(https://www.usenix.org/conference/usenixsecurity17/"
        "technical-sessions/presentation/pearce)",
    .strength = Strength::kRanks,
    .kind = Kind::kControl,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
