// SPDX-License-Identifier: Apache-2.0
// Writes DNS messages from a line of text, for tests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/dns/name.h"

namespace taster::judge {

using Bytes = std::vector<std::uint8_t>;

// Splits at blanks.
std::vector<std::string> Words(std::string_view text);
std::vector<std::string> SplitAt(std::string_view text, char separator);
// "0011ff"; nullopt when malformed.
std::optional<Bytes> FromHex(std::string_view text);

struct QuestionText {
  std::uint16_t id = 0;
  std::uint16_t flags = 0;
  dns::Name qname;
  std::uint16_t qtype = 1;
  std::uint16_t qclass = 1;
  bool edns = false;  // Ends in an OPT record.
  // Extended DNS Errors (RFC 8914) of that record, without text; any makes
  // for one.
  std::vector<std::uint16_t> extended_errors;
};

// Header, question, then `records`, then OPT. A record is
// "[auth|add] OWNER TTL TYPE RDATA": OWNER is c00c for a pointer to the
// question, `full` for its name in full, or a name; RDATA is an address for A
// and AAAA, a name for CNAME and DNAME, "PRIORITY TARGET [key=value]..." for
// SVCB and HTTPS (alpn, ipv4hint, ipv6hint), and hexadecimal otherwise.
// nullopt when a record is malformed.
std::optional<Bytes> WriteMessage(const QuestionText& question,
                                  const std::vector<std::string>& records);

}  // namespace taster::judge
