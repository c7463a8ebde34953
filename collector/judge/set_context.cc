// SPDX-License-Identifier: Apache-2.0
// Reads one question in the light of its set.
#include "collector/judge/set_context.h"

#include <algorithm>

#include "collector/judge/agreement.h"
#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

constexpr int kTriesToBlock = 3;

bool DrewMatch(const Asked& asked) {
  return std::any_of(
      asked.replies.begin(), asked.replies.end(),
      [](const Observation& reply) { return reply.fit == Fit::kMatches; });
}

// A reply from elsewhere to the same question is how some redirects show.
bool DrewAnything(const Asked& asked) {
  return std::any_of(
      asked.replies.begin(), asked.replies.end(), [](const Observation& reply) {
        return reply.fit == Fit::kMatches || reply.fit == Fit::kOtherSource;
      });
}

bool SamePlace(const Asked& left, const Asked& right) {
  return left.server == right.server && left.server_kind == right.server_kind &&
         left.transport == right.transport;
}

bool SameQuestion(const Asked& left, const Asked& right) {
  constexpr std::uint16_t kAsked = dns::kFlagRd | dns::kFlagCd;
  return left.qtype == right.qtype && left.qclass == right.qclass &&
         (left.query_flags & kAsked) == (right.query_flags & kAsked) &&
         left.role == right.role && SamePlace(left, right) &&
         left.qname == right.qname;
}

}  // namespace

bool WasSilent(const Asked& asked) {
  if (DrewMatch(asked)) return false;
  switch (asked.outcome) {
    case Outcome::kTimeout:
    case Outcome::kPortUnreachable:
    case Outcome::kHostUnreachable:
    case Outcome::kNetworkUnreachable:
    case Outcome::kProhibited:
    case Outcome::kRefused:
    case Outcome::kReset:
    case Outcome::kClosed:
    case Outcome::kTlsAlert:
    case Outcome::kTlsFailed:
    case Outcome::kCertificate:
    case Outcome::kHttp:
      return true;
    case Outcome::kResponse:
    case Outcome::kTtlExceeded:
    case Outcome::kSendFailed:
    case Outcome::kCancelled:
    case Outcome::kServed:
      break;
  }
  return false;
}

ControlNameFate ControlNameAt(const Case& set, const Asked& asked) {
  auto fate = ControlNameFate::kNotAsked;
  for (const Asked& other : set.asked) {
    if (other.role != QuestionRole::kControlName) continue;
    if (!SamePlace(other, asked)) continue;
    if (DrewAnything(other)) return ControlNameFate::kAnswered;
    if (WasSilent(other)) fate = ControlNameFate::kSilent;
  }
  return fate;
}

bool FailedEveryTry(const Case& set, const Asked& asked) {
  int tries = 0;
  for (const Asked& other : set.asked) {
    if (!SameQuestion(other, asked)) continue;
    if (!WasSilent(other)) return false;
    ++tries;
  }
  return tries >= kTriesToBlock;
}

bool FailedBetweenControls(const Case& set, const Asked& asked) {
  bool answered = false;
  for (const Asked& other : set.asked) {
    if (other.role != QuestionRole::kControlName || !SamePlace(other, asked)) {
      continue;
    }
    if (!std::any_of(other.replies.begin(), other.replies.end(), IsUsable)) {
      return false;
    }
    answered = true;
  }
  return answered && FailedEveryTry(set, asked);
}

bool CanariesStayedSilent(const Case& set, const Asked& asked) {
  bool asked_canary = false;
  for (const Asked& other : set.asked) {
    if (other.server_kind != ServerKind::kCanary ||
        other.role != QuestionRole::kTarget ||
        other.transport != Transport::kUdp || other.qname != asked.qname) {
      continue;
    }
    if (DrewAnything(other)) return false;
    asked_canary = asked_canary || WasSilent(other);
  }
  return asked_canary;
}

}  // namespace taster::judge
