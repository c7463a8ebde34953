// SPDX-License-Identifier: Apache-2.0
// control_agrees: the reply says what the free Internet says.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  // What follows a defect was not read, so it cannot be vouched for.
  return subject.reply.defect == 0 && IsUsable(subject.reply) &&
         ControlSpeaks(subject.asked);
}

std::optional<Evidence> Examine(const Subject& subject) {
  const Observation& reply = subject.reply;
  const Agreement agreement = AgreementOf(subject, reply);
  if (agreement == Agreement::kNone) return {};
  if (reply.addresses.empty()) {
    return Evidence{reply.rcode == 0 ? "NODATA" : "NXDOMAIN",
                    "Controls saw no address either."};
  }
  return Evidence{reply.addresses.front().address.ToString(),
                  agreement == Agreement::kExact
                      ? "Controls saw every address of it."
                      : "Every address is of an AS that controls saw."};
}

}  // namespace

constinit const Rule kControlAgrees{
    .id = "control_agrees",
    .summary = "A reply that controls confirm is genuine.",
    .citation =
        "Pearce et al., Global Measurement of DNS Manipulation, USENIX "
        "Security 2017, consistency metrics "
        "(https://www.usenix.org/conference/usenixsecurity17/"
        "technical-sessions/presentation/pearce)",
    .strength = Strength::kExonerates,
    .kind = Kind::kControl,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
