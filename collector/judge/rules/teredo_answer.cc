// SPDX-License-Identifier: Apache-2.0
// teredo_answer: an address in 2001::/96, which is no Teredo address.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"
#include "proto/net/ip_prefix.h"

namespace taster::judge {
namespace {

// RFC 4380 section 4: the 32 bits behind 2001::/32 are the Teredo server's
// IPv4 address, the next 16 flags, the next 16 the client's port with every
// bit inverted. All zero is a server at 0.0.0.0.
constexpr net::IpPrefix kNoServer{
    net::IpAddress::FromV6({0x20, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}), 96};

bool Applies(const Subject& subject) {
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    if (!answer.address.is_v4()) return true;
  }
  return false;
}

std::optional<Evidence> Examine(const Subject& subject) {
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    if (!kNoServer.Contains(answer.address)) continue;
    // Then the zone itself is wrong, not the reply.
    if (ControlReturned(subject, answer.address)) continue;
    return Evidence{answer.address.ToString(),
                    "Lies in 2001::/96: a Teredo address with no server."};
  }
  return {};
}

}  // namespace

constinit const Rule kTeredoAnswer{
    .id = "teredo_answer",
    .summary = "An address in 2001::/96 is an injector's placeholder.",
    .citation =
        "RFC 4380 section 4; forged by the thousand: Hoang et al., USENIX "
        "Security 2021, section 5.2 (https://arxiv.org/abs/2106.02167)",
    .strength = Strength::kConfirms,
    .kind = Kind::kWire,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
