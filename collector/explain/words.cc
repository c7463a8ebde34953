// SPDX-License-Identifier: Apache-2.0
#include "collector/explain/words.h"

#include "collector/judge/ruleset.h"

namespace taster::explain {

std::string_view ToText(judge::Fit fit) {
  switch (fit) {
    case judge::Fit::kMatches:
      return "answers this query";
    case judge::Fit::kOtherSource:
      return "unsolicited: from another address or port";
    case judge::Fit::kOtherId:
      return "unsolicited: another transaction id";
    case judge::Fit::kOtherQuestion:
      return "unsolicited: echoes another question";
    case judge::Fit::kNotAResponse:
      return "unsolicited: not a DNS response";
  }
  return "unknown";
}

std::string_view ToText(judge::Outcome outcome) {
  switch (outcome) {
    case judge::Outcome::kResponse:
      return "response";
    case judge::Outcome::kTimeout:
      return "timeout";
    case judge::Outcome::kPortUnreachable:
      return "port unreachable";
    case judge::Outcome::kHostUnreachable:
      return "host unreachable";
    case judge::Outcome::kNetworkUnreachable:
      return "network unreachable";
    case judge::Outcome::kProhibited:
      return "prohibited";
    case judge::Outcome::kTtlExceeded:
      return "TTL exceeded";
    case judge::Outcome::kSendFailed:
      return "send failed";
    case judge::Outcome::kCancelled:
      return "cancelled";
    case judge::Outcome::kRefused:
      return "connection refused";
    case judge::Outcome::kReset:
      return "connection reset";
    case judge::Outcome::kClosed:
      return "connection closed early";
    case judge::Outcome::kTlsAlert:
      return "TLS alert";
    case judge::Outcome::kTlsFailed:
      return "no TLS";
    case judge::Outcome::kCertificate:
      return "certificate not valid";
    case judge::Outcome::kHttp:
      return "HTTP error";
    case judge::Outcome::kServed:
      return "served";
  }
  return "unknown";
}

std::string_view ToText(judge::ServerKind kind) {
  switch (kind) {
    case judge::ServerKind::kSystem:
      return "the system's resolver";
    case judge::ServerKind::kRecursive:
      return "a recursive resolver";
    case judge::ServerKind::kAuthoritative:
      return "an authoritative server";
    case judge::ServerKind::kCanary:
      return "a silent canary, which runs no DNS";
    case judge::ServerKind::kHost:
      return "an answered host";
  }
  return "unknown";
}

std::string_view ToText(judge::Transport transport) {
  switch (transport) {
    case judge::Transport::kUdp:
      return "UDP";
    case judge::Transport::kTcp:
      return "TCP";
    case judge::Transport::kTls:
      return "TLS";
    case judge::Transport::kHttps:
      return "HTTPS";
  }
  return "unknown";
}

std::string_view ToText(judge::Status status) {
  switch (status) {
    case judge::Status::kNotApplicable:
      return "not applicable";
    case judge::Status::kNotEffective:
      return "not effective";
    case judge::Status::kClear:
      return "clear";
    case judge::Status::kFired:
      return "FIRED";
  }
  return "unknown";
}

std::string_view ToText(judge::Strength strength) {
  switch (strength) {
    case judge::Strength::kConfirms:
      return "confirms";
    case judge::Strength::kSuggests:
      return "suggests";
    case judge::Strength::kRanks:
      return "ranks";
    case judge::Strength::kExonerates:
      return "exonerates";
  }
  return "unknown";
}

const judge::Asked* FindAsked(const judge::Case& set, std::uint32_t ordinal) {
  for (const judge::Asked& asked : set.asked) {
    if (asked.ordinal == ordinal) return &asked;
  }
  return nullptr;
}

std::vector<judge::Finding> ApplyAll(const judge::Subject& subject) {
  std::vector<judge::Finding> findings;
  for (const judge::Rule* rule : judge::Ruleset()) {
    findings.push_back(judge::Apply(*rule, subject));
  }
  return findings;
}

}  // namespace taster::explain
