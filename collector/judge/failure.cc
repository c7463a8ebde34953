// SPDX-License-Identifier: Apache-2.0
#include "collector/judge/failure.h"

#include <algorithm>

#include "collector/judge/agreement.h"
#include "collector/judge/set_context.h"

namespace taster::judge {
namespace {

bool IsEncrypted(const Asked& asked) {
  return asked.transport == Transport::kTls ||
         asked.transport == Transport::kHttps;
}

// By how a question that should have been answered failed.
Mechanism MechanismOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kRefused:
    case Outcome::kReset:
      return Mechanism::kReset;
    case Outcome::kCertificate:
      return Mechanism::kTlsIntercepted;
    default:
      return Mechanism::kDropped;
  }
}

// The machine itself is there: it answers the control name without TLS.
bool IsAlive(const Case& set, const Asked& asked) {
  return std::any_of(
      set.asked.begin(), set.asked.end(), [&](const Asked& other) {
        return other.role == QuestionRole::kControlName && other.server &&
               other.server->address == asked.server->address &&
               !IsEncrypted(other) &&
               std::any_of(other.replies.begin(), other.replies.end(),
                           IsUsable);
      });
}

// Encrypted DNS to a server that else works, and whose name this set is about.
// An HTTP status is the server's own.
Failure OfEncrypted(const Case& set, const Asked& asked) {
  if (asked.outcome == Outcome::kHttp || !(asked.qname == asked.server_name) ||
      !FailedEveryTry(set, asked) || !IsAlive(set, asked)) {
    return {};
  }
  return {Class::kBlocked, asked.outcome == Outcome::kCertificate
                               ? Mechanism::kTlsIntercepted
                               : Mechanism::kEncryptedDnsBlocked};
}

}  // namespace

bool MayFailByDelegation(const Asked& asked) {
  const Control* control = asked.control.get();
  const bool recurses = asked.server_kind == ServerKind::kRecursive ||
                        asked.server_kind == ServerKind::kSystem;
  if (asked.role != QuestionRole::kTarget || !recurses || control == nullptr) {
    return false;
  }
  const bool resolves = !control->addresses.empty() || control->saw_nodata;
  return resolves &&
         (WasSilent(asked) || asked.outcome == Outcome::kResponse) &&
         std::none_of(asked.replies.begin(), asked.replies.end(), IsUsable);
}

bool FailsForEveryName(const Case& set, const Asked& asked) {
  return IsEncrypted(asked) && WasSilent(asked) &&
         ControlNameAt(set, asked) == ControlNameFate::kSilent;
}

Failure ExplainFailure(const Case& set, const Asked& asked) {
  const Control* control = asked.control.get();
  if (control == nullptr || asked.server_kind == ServerKind::kCanary) return {};
  const bool reached = asked.outcome == Outcome::kResponse || WasSilent(asked);
  if (!reached) return {};
  const bool resolves = !control->addresses.empty() || control->saw_nodata;
  if (!resolves) {
    return {control->saw_nxdomain ? Class::kDown : Class::kInsufficient,
            Mechanism::kNone};
  }
  if (FailsForEveryName(set, asked)) return OfEncrypted(set, asked);
  if (!WasSilent(asked) || !FailedBetweenControls(set, asked)) return {};
  return {Class::kBlocked, MechanismOf(asked.outcome)};
}

}  // namespace taster::judge
