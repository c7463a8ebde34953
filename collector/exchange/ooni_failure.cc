// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/ooni_failure.h"

#include <algorithm>

#include "proto/dns/constants.h"

namespace taster::exchange {
namespace {

using judge::Fit;
using judge::Outcome;

struct Word {
  std::string_view failure;
  FailureMeaning meaning;
};

constexpr FailureMeaning Reply(std::uint8_t rcode) {
  return {.outcome = Outcome::kResponse, .rcode = rcode};
}

constexpr FailureMeaning Came(Outcome outcome) { return {.outcome = outcome}; }

constexpr FailureMeaning kBogon{.outcome = Outcome::kResponse,
                                .has_answer = true};
constexpr FailureMeaning kWrongId{.outcome = Outcome::kTimeout,
                                  .fit = Fit::kOtherId};

// df-007-errors of ooni/spec. Words that say only that the resolver failed
// (`dns_server_misbehaving`, what getaddrinfo calls temporary or not
// recoverable) stand for SERVFAIL, unless `rcode` tells more. A stream that
// died brought no reply.
constexpr Word kWords[] = {
    {"dns_bogon_error", kBogon},
    {"dns_name_error", Reply(dns::kRcodeNxDomain)},
    {"dns_no_answer", Reply(dns::kRcodeNoError)},
    {"dns_non_recoverable_failure", Reply(dns::kRcodeServFail)},
    {"dns_nxdomain_error", Reply(dns::kRcodeNxDomain)},
    {"dns_refused_error", Reply(dns::kRcodeRefused)},
    {"dns_reply_with_wrong_query_id", kWrongId},
    {"dns_server_failure", Reply(dns::kRcodeServFail)},
    {"dns_server_misbehaving", Reply(dns::kRcodeServFail)},
    {"dns_servfail_error", Reply(dns::kRcodeServFail)},
    {"dns_temporary_failure", Reply(dns::kRcodeServFail)},
    {"connection_aborted", Came(Outcome::kTimeout)},
    {"connection_already_closed", Came(Outcome::kTimeout)},
    {"connection_refused", Came(Outcome::kPortUnreachable)},
    {"connection_refused_error", Came(Outcome::kPortUnreachable)},
    {"connection_reset", Came(Outcome::kTimeout)},
    {"deferred_timeout_error", Came(Outcome::kTimeout)},
    {"eof_error", Came(Outcome::kTimeout)},
    {"generic_timeout_error", Came(Outcome::kTimeout)},
    {"host_unreachable", Came(Outcome::kHostUnreachable)},
    {"network_down", Came(Outcome::kNetworkUnreachable)},
    {"network_reset", Came(Outcome::kTimeout)},
    {"network_unreachable", Came(Outcome::kNetworkUnreachable)},
    {"response_never_received", Came(Outcome::kTimeout)},
    {"ssl_failed_handshake", Came(Outcome::kTimeout)},
    {"task_timed_out", Came(Outcome::kTimeout)},
    {"tcp_timed_out_error", Came(Outcome::kTimeout)},
};

std::optional<std::string_view> FailureOfReply(
    const judge::Observation& reply) {
  if (reply.fit == Fit::kOtherId) return "dns_reply_with_wrong_query_id";
  if (reply.fit == Fit::kNotAResponse) return "dns_server_misbehaving";
  switch (reply.rcode) {
    case dns::kRcodeNoError:
      if (reply.addresses.empty() && reply.other_records == 0) {
        return "dns_no_answer";
      }
      return {};
    case dns::kRcodeServFail:
      return "dns_servfail_error";
    case dns::kRcodeNxDomain:
      return "dns_nxdomain_error";
    case dns::kRcodeRefused:
      return "dns_refused_error";
    default:
      return "dns_server_misbehaving";
  }
}

}  // namespace

FailureMeaning MeaningOf(std::optional<std::string_view> failure) {
  if (!failure) return Reply(dns::kRcodeNoError);
  const auto* const word = std::ranges::find(kWords, *failure, &Word::failure);
  return word == std::end(kWords) ? FailureMeaning{} : word->meaning;
}

std::optional<std::string_view> FailureOf(const judge::Asked& asked,
                                          const judge::Observation* reply) {
  if (reply != nullptr) return FailureOfReply(*reply);
  switch (asked.outcome) {
    case Outcome::kServed:
      return std::nullopt;
    case Outcome::kResponse:
    case Outcome::kTimeout:
      return "generic_timeout_error";
    case Outcome::kPortUnreachable:
    case Outcome::kRefused:
      return "connection_refused";
    case Outcome::kReset:
      return "connection_reset";
    case Outcome::kClosed:
      return "eof_error";
    case Outcome::kTlsAlert:
    case Outcome::kTlsFailed:
      return "ssl_failed_handshake";
    case Outcome::kCertificate:
      return "ssl_unknown_authority";
    case Outcome::kHttp:
      return "http_request_failed";
    case Outcome::kHostUnreachable:
    case Outcome::kProhibited:
    case Outcome::kTtlExceeded:
      return "host_unreachable";
    case Outcome::kNetworkUnreachable:
      return "network_unreachable";
    case Outcome::kSendFailed:
      return "unknown_failure: send_failed";
    case Outcome::kCancelled:
      return "interrupted";
  }
  return "unknown_failure: outcome";
}

}  // namespace taster::exchange
