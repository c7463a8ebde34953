// SPDX-License-Identifier: Apache-2.0
// filtering_declared: the server says that it filters, on its own or its
// user's behalf.
#include "collector/judge/declared.h"
#include "collector/judge/rules/rules.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  return !subject.reply.extended_errors.empty();
}

std::optional<Evidence> Examine(const Subject& subject) {
  const auto code = DeclaredFilter(subject.reply);
  if (!code) return {};
  return Evidence{
      "EDE " + std::to_string(*code),
      "Declared in the reply: the operator's or the client's own filter."};
}

}  // namespace

constinit const Rule kFilteringDeclared{
    .id = "filtering_declared",
    .summary = "A refusal that declares itself a filter's is one.",
    .citation =
        "RFC 8914 sections 4.16 (Blocked: the operator's own security policy) "
        "and 4.18 (Filtered: requested by the client)",
    .strength = Strength::kSuggests,
    .kind = Kind::kWire,
    .mechanism = Mechanism::kSecurityProduct,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
