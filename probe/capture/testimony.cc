// SPDX-License-Identifier: Apache-2.0
// Counting and telling.
#include "probe/capture/testimony.h"

#include <algorithm>
#include <cerrno>

namespace taster::capture {

void TellArrived(OpenQuery* query, const EchoMark& mark, Arrived arrived,
                 Witness* witness) {
  if (query->datagrams != ~0u) ++query->datagrams;
  if (query->datagrams > kKeptDatagrams) return;
  arrived.offset = std::max(arrived.offset, arrived.offset.zero());
  arrived.matches = mark.OfServer(arrived.source) == query->server_mark &&
                    mark.OfEcho(arrived.message) == query->question_mark;
  if (arrived.matches) query->matched = 1;
  witness->OnArrived(query->token, arrived);
}

void TellIcmp(OpenQuery* query, const IcmpError& error,
              std::chrono::microseconds offset, Witness* witness) {
  const auto outcome = OutcomeOf(error);
  if (outcome && query->icmp_error == 0) {
    query->icmp_error = static_cast<std::uint8_t>(*outcome) & 7;
  }
  if (query->icmp_errors == kKeptIcmpErrors) return;
  query->icmp_errors = (query->icmp_errors + 1) & 15;
  witness->OnIcmp(query->token,
                  IcmpArrived{.offender = error.offender,
                              .type = error.type,
                              .code = error.code,
                              .v6 = error.v6,
                              .offset = std::max(offset, offset.zero())});
}

Outcome OutcomeOfSend(int error) {
  switch (error) {
    // This host's own routing says no.
    case ENETUNREACH:
    case EHOSTUNREACH:
    case ENETDOWN:
    case EADDRNOTAVAIL:  // No address of that family to send from.
    case EAFNOSUPPORT:
      return Outcome::kNetworkUnreachable;
    default:
      return Outcome::kSendFailed;
  }
}

}  // namespace taster::capture
