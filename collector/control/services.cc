// SPDX-License-Identifier: Apache-2.0
#include "collector/control/services.h"

#include <set>

#include "collector/judge/check.h"
#include "collector/reference/registrable_domain.h"
#include "proto/dns/name.h"

namespace taster::control {
namespace {

using Result = judge::EndpointCheck::Result;

Result ResultOf(judge::Outcome outcome) {
  switch (outcome) {
    case judge::Outcome::kServed:
      return Result::kCertificateValid;
    case judge::Outcome::kCertificate:
      return Result::kCertificateInvalid;
    default:
      return Result::kNoConnection;
  }
}

void AddFree(const judge::Asked& asked,
             std::vector<judge::EndpointCheck>* endpoints) {
  for (const judge::FreeCheck& check : asked.name_control->checks) {
    endpoints->push_back({.address = check.address,
                          .port = check.port,
                          .name = asked.qname,
                          .from_control = true,
                          .result = check.served
                                        ? Result::kCertificateValid
                                        : Result::kCertificateInvalid});
  }
}

}  // namespace

std::string RedirectDomain(const judge::Asked& asked) {
  const std::string& host = asked.service.redirect_host;
  const auto name = dns::Name::Parse(host);
  if (host.empty() || !name) return {};
  const std::string domain = reference::RegistrableDomain(*name);
  return domain == reference::RegistrableDomain(asked.qname) ? std::string()
                                                             : domain;
}

std::optional<store::ControlRow> CheckRow(const store::MeasurementRow& row,
                                          std::int64_t vantage_id) {
  using Kind = store::ControlRow::Kind;
  const judge::Asked& asked = row.asked;
  if (!judge::IsCheck(asked) || !asked.server) return std::nullopt;
  const Result result = ResultOf(asked.outcome);
  if (result == Result::kNoConnection) return std::nullopt;
  return store::ControlRow{.qname = asked.qname.ToText(),
                           .qtype = asked.qtype,
                           .kind = result == Result::kCertificateValid
                                       ? Kind::kServed
                                       : Kind::kUnserved,
                           .address = asked.server->address,
                           .vantage_id = vantage_id,
                           .seen_time = row.query_time,
                           .port = asked.server->port,
                           .http_status = asked.service.http_status,
                           .redirect_domain = RedirectDomain(asked)};
}

std::vector<judge::EndpointCheck> EndpointsOf(
    const std::vector<judge::Asked>& asked) {
  std::vector<judge::EndpointCheck> endpoints;
  std::set<std::string> names;
  for (const judge::Asked& one : asked) {
    const bool is_check = judge::IsCheck(one) && one.server;
    if (is_check) {
      endpoints.push_back({.address = one.server->address,
                           .port = one.server->port,
                           .name = one.qname,
                           .from_control = false,
                           .result = ResultOf(one.outcome)});
    }
    const bool knows =
        one.name_control != nullptr && !one.name_control->checks.empty();
    if (knows && names.insert(one.qname.ToText()).second) {
      AddFree(one, &endpoints);
    }
  }
  return endpoints;
}

}  // namespace taster::control
