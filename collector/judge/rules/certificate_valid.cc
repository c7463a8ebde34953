// SPDX-License-Identifier: Apache-2.0
// certificate_valid: every answered address proved to hold the name's
// certificate.
#include <algorithm>

#include "collector/judge/rules/rules.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  return !subject.set.endpoints.empty() && !subject.reply.addresses.empty();
}

bool IsProven(const Subject& subject, const net::IpAddress& address) {
  const auto& checks = subject.set.endpoints;
  return std::any_of(
      checks.begin(), checks.end(), [&](const EndpointCheck& check) {
        return check.result == EndpointCheck::Result::kCertificateValid &&
               check.address == address && check.name == subject.asked.qname;
      });
}

std::optional<Evidence> Examine(const Subject& subject) {
  const auto& answers = subject.reply.addresses;
  const bool proven = std::all_of(answers.begin(), answers.end(),
                                  [&](const AnsweredAddress& answer) {
                                    return IsProven(subject, answer.address);
                                  });
  if (!proven) return {};
  return Evidence{answers.front().address.ToString(),
                  "Shows a certificate for this name with a chain to a public "
                  "root."};
}

}  // namespace

constinit const Rule kCertificateValid{
    .id = "certificate_valid",
    .summary =
        "An address whose host proves to hold the name's certificate is the "
        "name's own.",
    .citation =
        "Tsai et al., CERTainty, PoPETs 2023 "
        "(https://censoredplanet.org/certainty)",
    .strength = Strength::kExonerates,
    .kind = Kind::kProof,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
