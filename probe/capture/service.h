// SPDX-License-Identifier: Apache-2.0
// The services that a check tries at an address.
#pragma once

#include <cstdint>

namespace taster::capture {

enum class Service : std::uint8_t {
  kDns = 0,  // No check: a question is asked.
  kHttps,    // TLS at once, then one request.
  kSmtps,    // TLS at once, then the greeting; likewise the next two.
  kImaps,
  kPop3s,
  kSmtp,  // STARTTLS (RFC 3207); likewise the next two (RFC 9051, RFC 2595).
  kImap,
  kPop3,
};

// Of a port that IANA registered for it; kDns for any other.
constexpr Service ServiceAt(std::uint16_t port) {
  switch (port) {
    case 443:
      return Service::kHttps;
    case 465:
      return Service::kSmtps;
    case 993:
      return Service::kImaps;
    case 995:
      return Service::kPop3s;
    case 25:
    case 587:
      return Service::kSmtp;
    case 143:
      return Service::kImap;
    case 110:
      return Service::kPop3;
    default:
      return Service::kDns;
  }
}

// TLS is asked for in clear words first.
constexpr bool AsksForTls(Service service) {
  return service == Service::kSmtp || service == Service::kImap ||
         service == Service::kPop3;
}

constexpr bool IsMail(Service service) {
  return service != Service::kDns && service != Service::kHttps;
}

// How far a check has come at a service.
enum class TalkState : std::uint8_t {
  kClear,     // Words are exchanged without TLS.
  kTls,       // The next byte is TLS's.
  kInside,    // TLS stands; the service is awaited.
  kServed,    // The service answered, inside TLS.
  kNoTls,     // In clear, it will not or cannot speak TLS, or speaks nonsense.
  kNonsense,  // Inside TLS, what came is not of the service's protocol.
};

}  // namespace taster::capture
