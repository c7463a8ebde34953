// SPDX-License-Identifier: Apache-2.0
#include "collector/explain/check_story.h"

#include <string_view>
#include <vector>

#include "collector/explain/places.h"
#include "collector/explain/prose.h"
#include "collector/explain/words.h"

namespace taster::explain {
namespace {

// The service that a port stands for (RFC 6335's registry).
std::string ServiceOf(std::uint16_t port) {
  switch (port) {
    case 443:
      return "HTTPS";
    case 25:
    case 465:
    case 587:
      return "SMTP";
    case 143:
    case 993:
      return "IMAP";
    case 110:
    case 995:
      return "POP3";
    default:
      return "port " + std::to_string(port);
  }
}

std::string CheckQuestion(const Told& told) {
  const judge::Asked& asked = told.set.asked[told.index];
  const net::Endpoint host = asked.server.value_or(net::Endpoint());
  return told.when + ": a probe in " + Where(told.set.network) + ", went to " +
         AddressText(told, host.address) + ", port " +
         std::to_string(host.port) + ", as a client of " +
         NameText(asked.qname) + " over " + ServiceOf(host.port) +
         " does: this address had been answered for the name.";
}

std::string CheckResult(const judge::Asked& asked) {
  if (asked.outcome == judge::Outcome::kServed) {
    std::string text =
        "It was served, behind a certificate that is valid for the name";
    const judge::Service& service = asked.service;
    if (service.http_status) {
      text += ", with HTTP status " + std::to_string(*service.http_status);
    }
    if (!service.redirect_host.empty()) {
      text += ", and sent on to " + service.redirect_host;
    }
    return text + ".";
  }
  return "It was not served: " + std::string(ToText(asked.outcome)) +
         (asked.service.connected ? ", on a connection that stood."
                                  : "; no connection stood.");
}

std::string FreeCheckText(const Told& told) {
  const judge::Asked& asked = told.set.asked[told.index];
  const judge::Control* control = asked.name_control.get();
  std::vector<std::string> served;
  if (control != nullptr && asked.server) {
    for (const judge::FreeCheck& check : control->checks) {
      if (!check.served || check.port != asked.server->port) continue;
      std::string text = check.address.ToString();
      if (check.http_status) {
        text += " (HTTP status " + std::to_string(*check.http_status) + ")";
      }
      served.push_back(std::move(text));
    }
  }
  if (served.empty()) {
    return "Nobody in a free network was served there, or nobody looked.";
  }
  return "In free networks, clients of the name were served by " +
         Listed(served) + ".";
}

// Empty: nobody went there for the control name.
std::string ControlNameText(const Told& told) {
  for (const judge::Asked& asked : told.set.asked) {
    if (asked.role != judge::QuestionRole::kCheckControlName) continue;
    const bool served = asked.outcome == judge::Outcome::kServed;
    return "From the same network, a client of the control name " +
           NameText(asked.qname) +
           (served ? " was served." : " was not served either.");
  }
  return {};
}

std::string_view MeaningOfCheck(judge::Class verdict) {
  switch (verdict) {
    case judge::Class::kBlocked:
      return "this network is kept from what clients elsewhere are served";
    case judge::Class::kFiltered:
      return "the service's own operator treats this network otherwise; this "
             "is not counted as censorship";
    case judge::Class::kConsistent:
      return "the service is the name's own, as it is elsewhere";
    default:
      return MeaningOf(verdict);
  }
}

std::string_view MeaningOfCheck(judge::Mechanism mechanism,
                                judge::Outcome outcome) {
  const bool no_tls = mechanism == judge::Mechanism::kTlsIntercepted &&
                      outcome == judge::Outcome::kTlsFailed;
  return no_tls ? "what answers there does not let TLS begin"
                : MeaningOf(mechanism);
}

}  // namespace

std::string CheckStory(const Told& told) {
  std::string text = Wrapped("", CheckQuestion(told)) +
                     Wrapped("", CheckResult(told.set.asked[told.index])) +
                     Wrapped("", FreeCheckText(told));
  const std::string beside = ControlNameText(told);
  if (!beside.empty()) text += Wrapped("", beside);
  return text;
}

std::string CheckVerdict(const Told& told) {
  const judge::MeasurementVerdict& verdict =
      told.verdict.measurements[told.index];
  std::string text = std::string(judge::ToString(verdict.verdict)) + ": " +
                     std::string(MeaningOfCheck(verdict.verdict)) + ".";
  if (verdict.mechanism == judge::Mechanism::kNone) return text;
  const judge::Outcome outcome = told.set.asked[told.index].outcome;
  return text + " How: " + std::string(judge::ToString(verdict.mechanism)) +
         "; " + std::string(MeaningOfCheck(verdict.mechanism, outcome)) + ".";
}

}  // namespace taster::explain
