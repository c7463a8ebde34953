// SPDX-License-Identifier: Apache-2.0
// bogon_answer: an address that no public site is served from.
#include <algorithm>

#include "collector/judge/agreement.h"
#include "collector/judge/own_filter.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/special_purpose.h"
#include "collector/judge/translation.h"
#include "collector/judge/twins.h"

namespace taster::judge {
namespace {

// Some public names do point at private space; only a control tells.
// True iff a control name drew the address in the same place: a portal that
// stands before every name says nothing of this one.
bool StandsBeforeAll(const Subject& subject, const net::IpAddress& address) {
  const auto& asked = subject.set.asked;
  return std::any_of(asked.begin(), asked.end(), [&](const Asked& other) {
    return other.role == QuestionRole::kControlName &&
           WentTheSameWay(other, subject.asked) &&
           std::any_of(other.replies.begin(), other.replies.end(),
                       [&](const Observation& reply) {
                         return std::any_of(reply.addresses.begin(),
                                            reply.addresses.end(),
                                            [&](const AnsweredAddress& answer) {
                                              return answer.address == address;
                                            });
                       });
  });
}

bool Applies(const Subject& subject) {
  return !subject.reply.addresses.empty() && NameControlSpeaks(subject);
}

std::optional<Evidence> Examine(const Subject& subject) {
  // Known for a filter, it is not taken for a censor.
  if (IsOwnFilters(subject)) return {};
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    const net::IpAddress address = Decoded(subject.set, answer.address);
    const SpecialPurpose* block = FindSpecialPurpose(address);
    if (block == nullptr || ControlReturned(subject, address)) continue;
    // Other rules speak of pool members in 240/4 and of the null address.
    if (IsForgersAddress(subject, address) || IsNull(address)) continue;
    if (StandsBeforeAll(subject, answer.address)) continue;
    return Evidence{answer.address.ToString(),
                    "Lies in " + block->prefix.ToString() + " (" +
                        std::string(block->name) +
                        "); no control saw it for this name."};
  }
  return {};
}

}  // namespace

constinit const Rule kBogonAnswer{
    .id = "bogon_answer",
    .summary =
        "A special-purpose address that no control saw was put there by a "
        "filter or a censor.",
    .citation =
        "RFC 6890 section 2.2; IANA special-purpose address registries "
        "(https://www.iana.org/assignments/iana-ipv4-special-registry)",
    .strength = Strength::kSuggests,
    .kind = Kind::kWire,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
