// SPDX-License-Identifier: Apache-2.0
// Reads a DNS query as the injectors do: loosely, and no further than needed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tests/lab/censor/packet.h"

namespace taster::lab {

inline constexpr std::uint16_t kTypeA = 1;
inline constexpr std::uint16_t kTypeAaaa = 28;
inline constexpr std::uint16_t kTypeHttps = 65;

// The first question of a query. Its views last as long as the message.
struct Question {
  std::uint16_t id = 0;
  bool recursion_desired = false;
  ByteView wire = {};   // QNAME, QTYPE, QCLASS as sent.
  ByteView qname = {};  // Wire form with the final zero byte, case as sent.
  std::uint16_t qtype = 0;
  // No label longer than 63 bytes and no name longer than 255, as RFC 1035
  // section 2.3.4 demands and injector 3 does not.
  bool is_well_formed = false;
  // Labels joined by dots, lower case, cut at a zero byte: the string that
  // the injectors match (Wallbleed, NDSS 2025).
  std::string flat_name = {};
};

// nullopt: shorter than a header, a response, a question that runs past the
// end, or a class other than IN. Header counts, opcode and everything behind
// the question are ignored.
std::optional<Question> ParseQuestion(ByteView message);

}  // namespace taster::lab
