// SPDX-License-Identifier: Apache-2.0
// A forged DNS answer, and its bytes.
#pragma once

#include <chrono>
#include <optional>

#include "tests/lab/censor/injector.h"
#include "tests/lab/censor/question.h"

namespace taster::lab {

// What one injector says to one query.
struct Forgery {
  Injector injector = Injector::kGfw1;
  IpTraits traits = {};
  std::uint16_t flags = 0;  // Second word of the DNS header.
  std::uint32_t rr_ttl = 0;
  // Owner name written out, rather than a pointer to the question.
  bool has_full_owner = false;
  bool lowers_case = false;  // Of the question.
  std::uint16_t type = kTypeA;
  Bytes rdata = {};
  // Leaves later by this than injectors usually do.
  std::chrono::milliseconds late{0};
};

// Query id, question as asked (case kept, OPT gone), one answer record.
Bytes BuildMessage(const Question& question, const Forgery& forgery);

// RFC 9460: `1 . alpn=h2 ipv4hint=…`, with ipv6hint where there is one.
Bytes BuildHttpsRdata(const Ipv4& ipv4hint,
                      const std::optional<Ipv6>& ipv6hint);

// 2001:: with an IPv4 address in the low 32 bits.
Ipv6 EmbedInTeredo(const Ipv4& address);

}  // namespace taster::lab
