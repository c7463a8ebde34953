// SPDX-License-Identifier: Apache-2.0
// certificate_refuted: the answered address cannot show the name's certificate,
// and an address that controls saw can, from the same place.
#include <algorithm>

#include "collector/judge/agreement.h"
#include "collector/judge/own_filter.h"
#include "collector/judge/rules/rules.h"

namespace taster::judge {
namespace {

using Result = EndpointCheck::Result;

bool Applies(const Subject& subject) {
  return subject.set.endpoints.size() >= 2 && !subject.reply.addresses.empty();
}

// True iff, seen from there, an address of a control shows the name's
// certificate: then neither a portal nor a filter on the name spoils every
// handshake on the way.
bool HandshakesWork(const Subject& subject, bool from_control) {
  const auto& checks = subject.set.endpoints;
  return std::any_of(checks.begin(), checks.end(),
                     [&](const EndpointCheck& check) {
                       return check.from_control == from_control &&
                              check.result == Result::kCertificateValid &&
                              check.name == subject.asked.qname &&
                              ControlReturned(subject, check.address);
                     });
}

// How many ports and places failed to find the certificate; 0 if one found it.
int Failures(const Subject& subject, const net::IpAddress& address) {
  const auto& checks = subject.set.endpoints;
  int failures = 0;
  for (auto check = checks.begin(); check != checks.end(); ++check) {
    if (check->address != address || check->name != subject.asked.qname) {
      continue;
    }
    if (check->result == Result::kCertificateValid) return 0;
    if (check->result != Result::kCertificateInvalid) continue;
    const bool repeated =
        std::any_of(checks.begin(), check, [&](const EndpointCheck& earlier) {
          return earlier.address == check->address &&
                 earlier.name == check->name &&
                 earlier.result == check->result &&
                 earlier.port == check->port &&
                 earlier.from_control == check->from_control;
        });
    if (repeated || !HandshakesWork(subject, check->from_control)) continue;
    ++failures;
  }
  return failures;
}

std::optional<Evidence> Examine(const Subject& subject) {
  constexpr int kEnough = 2;
  if (IsOwnFilters(subject)) return {};
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    if (ControlReturned(subject, answer.address)) continue;
    if (Failures(subject, answer.address) < kEnough) continue;
    return Evidence{answer.address.ToString(),
                    "Has no certificate for this name at two ports or from two "
                    "places, where an address that controls saw has one."};
  }
  return {};
}

}  // namespace

constinit const Rule kCertificateRefuted{
    .id = "certificate_refuted",
    .summary =
        "An address that has no certificate for the name, where the addresses "
        "that controls saw have one, is not the name's.",
    .citation =
        "Tsai et al., CERTainty, PoPETs 2023 "
        "(https://censoredplanet.org/certainty)",
    .strength = Strength::kSuggests,
    .kind = Kind::kProof,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
