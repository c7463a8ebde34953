// SPDX-License-Identifier: Apache-2.0
#include "collector/judge/check.h"

#include <algorithm>
#include <span>

#include "collector/judge/set_context.h"

namespace taster::judge {
namespace {

// RFC 9110 section 15.5.4, RFC 7725.
constexpr std::uint16_t kForbidden = 403;
constexpr std::uint16_t kUnavailableForLegalReasons = 451;
constexpr std::uint16_t kFirstError = 400;

// A client of the control name is served: this network lets TLS through, and
// nobody answers with certificates of his own to all the world.
bool OthersAreServed(const Case& set) {
  return std::any_of(set.asked.begin(), set.asked.end(),
                     [](const Asked& other) {
                       return other.role == QuestionRole::kCheckControlName &&
                              other.outcome == Outcome::kServed;
                     });
}

bool Refuses(const std::optional<std::uint16_t>& status) {
  return status == kForbidden || status == kUnavailableForLegalReasons;
}

// The service is the name's own; what it says may still be for this country
// alone. Then it is its operator's doing, and no censorship.
Failure OfService(const Service& service, std::span<const FreeCheck> free) {
  const auto served = [&](auto predicate) {
    return std::any_of(free.begin(), free.end(), [&](const FreeCheck& check) {
      return check.served && predicate(check);
    });
  };
  const bool led_away =
      !service.redirect_domain.empty() && !served([&](const FreeCheck& check) {
        return check.redirect_domain == service.redirect_domain;
      });
  const bool compares = served(
      [](const FreeCheck& check) { return check.http_status.has_value(); });
  if (led_away && compares) {
    return {Class::kFiltered, Mechanism::kSubstituted};
  }
  const bool welcome_elsewhere = served([](const FreeCheck& check) {
    return check.http_status && *check.http_status < kFirstError;
  });
  if (Refuses(service.http_status) && welcome_elsewhere) {
    return {Class::kFiltered, Mechanism::kGeoRefused};
  }
  return {Class::kConsistent, Mechanism::kNone};
}

Mechanism MechanismOf(const Asked& asked) {
  switch (asked.outcome) {
    case Outcome::kCertificate:
    case Outcome::kTlsFailed:
      return Mechanism::kTlsIntercepted;
    case Outcome::kReset:
    case Outcome::kClosed:
    case Outcome::kTlsAlert:
      return Mechanism::kReset;
    default:
      return asked.service.connected ? Mechanism::kDropped
                                     : Mechanism::kAddressBlocked;
  }
}

}  // namespace

bool IsCheck(const Asked& asked) {
  return asked.role == QuestionRole::kCheck ||
         asked.role == QuestionRole::kCheckControlName;
}

Failure ExplainCheck(const Case& set, const Asked& asked) {
  const Control* control = asked.name_control.get();
  if (control == nullptr || !asked.server) return {};
  const bool is_genuine = std::any_of(
      control->checks.begin(), control->checks.end(),
      [&](const FreeCheck& check) {
        return check.served && check.address == asked.server->address &&
               check.port == asked.server->port;
      });
  if (!is_genuine) return {};
  if (asked.outcome == Outcome::kServed) {
    return OfService(asked.service, control->checks);
  }
  if (!WasSilent(asked) || !OthersAreServed(set)) return {};
  return {Class::kBlocked, MechanismOf(asked)};
}

}  // namespace taster::judge
