// SPDX-License-Identifier: Apache-2.0
// censorship_declared: the server says that somebody else requires it to refuse
// the name.
#include "collector/judge/declared.h"
#include "collector/judge/rules/rules.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  return !subject.reply.extended_errors.empty();
}

std::optional<Evidence> Examine(const Subject& subject) {
  const auto code = DeclaredCensorship(subject.reply);
  if (!code) return {};
  return Evidence{
      "EDE " + std::to_string(*code),
      "Declared in the reply: required by somebody other than the operator."};
}

}  // namespace

constinit const Rule kCensorshipDeclared{
    .id = "censorship_declared",
    .summary =
        "A refusal that declares itself censorship is a lie the resolver was "
        "made to tell.",
    .citation =
        "RFC 8914 section 4.17 (Censored: required by somebody other than the "
        "operator)",
    .strength = Strength::kSuggests,
    .kind = Kind::kWire,
    .mechanism = Mechanism::kResolverLying,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
