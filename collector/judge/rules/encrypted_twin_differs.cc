// SPDX-License-Identifier: Apache-2.0
// encrypted_twin_differs: over UDP the server seems to say something else than
// over a stream that nobody on the way can write into.
#include <algorithm>

#include "collector/judge/agreement.h"
#include "collector/judge/own_filter.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/translation.h"
#include "collector/judge/twins.h"
#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

bool IsEncrypted(const Asked& asked) {
  return asked.transport == Transport::kTls ||
         asked.transport == Transport::kHttps;
}

bool Denies(const Observation& reply) {
  return reply.rcode == dns::kRcodeNxDomain && reply.aliases.empty();
}

bool Applies(const Subject& subject) {
  const auto& asked = subject.set.asked;
  return subject.asked.transport == Transport::kUdp &&
         (!subject.reply.addresses.empty() || Denies(subject.reply)) &&
         std::any_of(asked.begin(), asked.end(), [&](const Asked& other) {
           return other.transport != Transport::kUdp &&
                  !other.replies.empty() && AreTwins(other, subject.asked);
         });
}

enum class Comparison : std::uint8_t { kUnknown, kShared, kApart };

// Of one address and all that the twin has: an address or an origin AS in
// common, neither, or not known.
Comparison Compare(const Subject& subject, const net::IpAddress& address,
                   const Observation& twin) {
  const PrefixTable& origin_as = subject.set.reference->origin_as;
  const net::IpAddress ours = Decoded(subject.set, address);
  const auto our_as = origin_as.Find(ours);
  auto comparison = Comparison::kApart;
  for (const AnsweredAddress& answer : twin.addresses) {
    const net::IpAddress theirs = Decoded(subject.set, answer.address);
    if (ours == theirs) return Comparison::kShared;
    const auto their_as = origin_as.Find(theirs);
    if (!our_as || !their_as) {
      comparison = Comparison::kUnknown;
    } else if (our_as == their_as) {
      return Comparison::kShared;
    }
  }
  return comparison;
}

// Rotation, and a content network's many instances, stay within an AS. What
// exists over a stream is not denied over UDP.
bool SharesNothing(const Subject& subject, const Observation& twin) {
  const auto& answers = subject.reply.addresses;
  return !twin.addresses.empty() &&
         std::all_of(answers.begin(), answers.end(),
                     [&](const AnsweredAddress& answer) {
                       return Compare(subject, answer.address, twin) ==
                              Comparison::kApart;
                     });
}

// Only a stream that is encrypted, or says what controls say, can be held
// against the reply.
bool IsTrusted(const Subject& twin) {
  return twin.reply.fit == Fit::kMatches &&
         (IsEncrypted(twin.asked) ||
          AgreementOf(twin, twin.reply) != Agreement::kNone);
}

// True iff controls saw one of the addresses, or its AS, for the name: then
// the name has several homes.
bool IsKnownToControls(const Subject& subject) {
  const auto& answers = subject.reply.addresses;
  return NameControlSpeaks(subject) &&
         std::any_of(answers.begin(), answers.end(),
                     [&](const AnsweredAddress& answer) {
                       return ControlReturned(subject, answer.address) ||
                              HostingOf(subject, answer.address) ==
                                  Hosting::kOwn;
                     });
}

std::optional<Evidence> Examine(const Subject& subject) {
  if (IsKnownToControls(subject)) return {};
  bool differs = false;
  for (const Asked& twin : subject.set.asked) {
    if (twin.transport == Transport::kUdp || !AreTwins(twin, subject.asked)) {
      continue;
    }
    for (const Observation& reply : twin.replies) {
      if (!IsTrusted({subject.set, twin, reply})) continue;
      if (reply.addresses.empty()) continue;
      // One stream that says the same is enough to clear the path.
      if (!SharesNothing(subject, reply)) return {};
      differs = true;
    }
  }
  if (!differs || IsOwnFilters(subject)) return {};
  if (subject.reply.addresses.empty()) {
    return Evidence{"NXDOMAIN",
                    "The same server, asked over a stream, gives addresses."};
  }
  return Evidence{subject.reply.addresses.front().address.ToString(),
                  "The same server, asked over a stream, names other "
                  "addresses of other networks."};
}

}  // namespace

constinit const Rule kEncryptedTwinDiffers{
    .id = "encrypted_twin_differs",
    .summary =
        "A UDP answer that shares no address and no AS with what the same "
        "server says over TLS or HTTPS, or denies what it gives there, was "
        "changed on the way.",
    .citation =
        "RFC 7858 section 1: TLS prevents tampering on the path; Liu et al., "
        "Who Is Answering My Queries, USENIX Security 2018 "
        "(https://www.usenix.org/conference/usenixsecurity18/presentation/"
        "liu-baojun)",
    .strength = Strength::kSuggests,
    .kind = Kind::kWire,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
