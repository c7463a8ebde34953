// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/ooni_verdict.h"

#include <algorithm>

#include "proto/dns/constants.h"

namespace taster::exchange {
namespace {

using judge::Class;
using judge::Mechanism;

bool SpeaksOfInterference(Class verdict) {
  return verdict == Class::kPoisoned || verdict == Class::kLikelyPoisoned ||
         verdict == Class::kFiltered || verdict == Class::kBlocked;
}

bool Fired(const judge::ReplyVerdict& verdict, std::string_view rule) {
  return std::ranges::any_of(verdict.fired, [rule](const auto& finding) {
    return finding.rule->id == rule;
  });
}

// Answers that show a page which says who blocked the name.
bool ShowsPage(const judge::ReplyVerdict& verdict) {
  return verdict.mechanism == Mechanism::kSecurityProduct ||
         verdict.mechanism == Mechanism::kNxdomainRewritten ||
         Fired(verdict, "block_page_answer") || Fired(verdict, "filter_answer");
}

std::string_view OutcomeOfReply(const judge::Observation& reply,
                                const judge::ReplyVerdict& verdict) {
  if (reply.rcode == dns::kRcodeNxDomain) return "dns.nxdomain";
  if (reply.rcode == dns::kRcodeRefused) return "dns.refused";
  if (ShowsPage(verdict)) return "dns.injection.blockpage";
  if (Fired(verdict, "bogon_answer")) return "dns.injection.bogon";
  return "dns.injection.other";
}

}  // namespace

std::string_view OoniOutcome(const judge::Asked& asked,
                             const judge::MeasurementVerdict& verdict) {
  if (!SpeaksOfInterference(verdict.verdict)) return {};
  const std::size_t size =
      std::min(asked.replies.size(), verdict.replies.size());
  // The reply that gave the measurement its class.
  for (std::size_t i = 0; i < size; ++i) {
    if (verdict.replies[i].verdict == verdict.verdict) {
      return OutcomeOfReply(asked.replies[i], verdict.replies[i]);
    }
  }
  // Blocked: no reply says anything of the name.
  for (const judge::Observation& reply : asked.replies) {
    if (reply.fit == judge::Fit::kMatches &&
        reply.rcode == dns::kRcodeRefused) {
      return "dns.refused";
    }
  }
  return asked.replies.empty() ? "dns.timeout" : "dns.injection.other";
}

}  // namespace taster::exchange
