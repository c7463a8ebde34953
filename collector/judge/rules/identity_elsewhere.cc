// SPDX-License-Identifier: Apache-2.0
// identity_elsewhere: the resolver that asked the authorities is not of the
// network whose address was asked.
#include <algorithm>

#include "collector/judge/own_filter.h"
#include "collector/judge/refutation.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/twins.h"
#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

bool IsIdentityOf(const Asked& other, const Asked& asked) {
  return other.role == QuestionRole::kIdentity && WentTheSameWay(other, asked);
}

// A resolver of the system may forward to whom it likes.
bool Applies(const Subject& subject) {
  const Asked& asked = subject.asked;
  const auto& all = subject.set.asked;
  return asked.role == QuestionRole::kTarget && asked.server &&
         asked.server_kind == ServerKind::kRecursive &&
         (!subject.reply.addresses.empty() ||
          subject.reply.rcode == dns::kRcodeNxDomain) &&
         std::any_of(all.begin(), all.end(), [&](const Asked& other) {
           return IsIdentityOf(other, asked);
         });
}

// The first identity that is known to be of another AS; nullptr if none is, or
// if one is of the server's own.
const AnsweredAddress* Elsewhere(const Subject& subject,
                                 std::uint32_t server_as) {
  const AnsweredAddress* elsewhere = nullptr;
  for (const Asked& other : subject.set.asked) {
    if (!IsIdentityOf(other, subject.asked)) continue;
    for (const Observation& reply : other.replies) {
      if (reply.fit != Fit::kMatches) continue;
      for (const AnsweredAddress& answer : reply.addresses) {
        const auto origin =
            subject.set.reference->origin_as.Find(answer.address);
        if (!origin) continue;
        if (*origin == server_as) return nullptr;
        if (elsewhere == nullptr) elsewhere = &answer;
      }
    }
  }
  return elsewhere;
}

std::optional<Evidence> Examine(const Subject& subject) {
  const auto server_as =
      subject.set.reference->origin_as.Find(subject.asked.server->address);
  if (!server_as) return {};
  const AnsweredAddress* elsewhere = Elsewhere(subject, *server_as);
  // Many resolvers leave through other networks; only together with a false
  // answer does that accuse.
  if (elsewhere == nullptr) return {};
  if (!AreAddressesRefuted(subject) && !IsDenialRefuted(subject)) return {};
  if (IsOwnFilters(subject)) return {};
  return Evidence{elsewhere->address.ToString(),
                  "Asked the authorities in the server's place; and this "
                  "answer is refuted by controls."};
}

}  // namespace

constinit const Rule kIdentityElsewhere{
    .id = "identity_elsewhere",
    .summary =
        "A refuted answer from a server whose queries leave from another "
        "network was given by another resolver.",
    .citation =
        "Liu et al., Who Is Answering My Queries, USENIX Security 2018 "
        "(https://www.usenix.org/conference/usenixsecurity18/presentation/"
        "liu-baojun)",
    .strength = Strength::kSuggests,
    .kind = Kind::kWire,
    .mechanism = Mechanism::kIntercepted,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
