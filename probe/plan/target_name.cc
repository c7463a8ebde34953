// SPDX-License-Identifier: Apache-2.0
// Checks names one by one.
#include "probe/plan/target_name.h"

#include <algorithm>
#include <array>
#include <string>

#include "proto/net/ip_address.h"

namespace taster::plan {
namespace {

constexpr std::array<std::string_view, 4> kSpecialUse = {"localhost", "local",
                                                         "onion", "arpa"};

bool IsLdh(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '.';
}

BadName CheckCharacters(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return BadName::kNotALabel;
    if (c == '*') return BadName::kWildcard;
    if (c == '_') return BadName::kUnderscore;
    if (!IsLdh(c)) return BadName::kNotLdh;
  }
  return BadName::kNone;
}

// RFC 1123 section 2.1: a label neither starts nor ends with a hyphen.
bool HasBareHyphen(std::string_view text) {
  return text.front() == '-' || text.back() == '-' ||
         text.find(".-") != text.npos || text.find("-.") != text.npos;
}

// "1.2.3.4" and whatever else ends in digits alone: no such top-level domain.
bool LooksLikeAddress(std::string_view text) {
  if (net::IpAddress::Parse(text)) return true;
  const auto last = text.substr(text.rfind('.') + 1);
  return std::ranges::all_of(last, [](char c) { return c >= '0' && c <= '9'; });
}

bool IsSpecialUse(const dns::Name& name) {
  return std::ranges::any_of(kSpecialUse, [&](std::string_view suffix) {
    return name.IsWithin(dns::Name::Parse(suffix).value());
  });
}

BadName Check(std::string_view text) {
  if (text.empty()) return BadName::kMalformed;
  if (net::IpAddress::Parse(text)) return BadName::kAddress;
  if (const BadName why = CheckCharacters(text); why != BadName::kNone) {
    return why;
  }
  if (text.back() == '.') return BadName::kTrailingDot;
  const auto name = dns::Name::Parse(text);
  if (!name) return BadName::kMalformed;
  if (IsSpecialUse(*name)) return BadName::kSpecialUse;
  if (text.find('.') == text.npos) return BadName::kSingleLabel;
  if (LooksLikeAddress(text)) return BadName::kAddress;
  return HasBareHyphen(text) ? BadName::kNotLdh : BadName::kNone;
}

}  // namespace

std::string_view Explain(BadName why) {
  switch (why) {
    case BadName::kNone:
      return "is fine";
    case BadName::kMalformed:
      return "has an empty or overlong label, or is longer than 255 bytes";
    case BadName::kNotLdh:
      return "has a character other than letters, digits and inner hyphens";
    case BadName::kUnderscore:
      return "has an underscore";
    case BadName::kWildcard:
      return "is a wildcard";
    case BadName::kNotALabel:
      return "is not ASCII: write it as xn--... (A-labels)";
    case BadName::kTrailingDot:
      return "ends with a dot";
    case BadName::kSingleLabel:
      return "has a single label";
    case BadName::kAddress:
      return "is an address, not a name";
    case BadName::kSpecialUse:
      break;
  }
  return "lies in a special-use domain (RFC 6761)";
}

std::optional<dns::Name> ReadTargetName(std::string_view text, BadName* why) {
  *why = Check(text);
  if (*why != BadName::kNone) return {};
  return dns::Name::Parse(text)->Lower();
}

}  // namespace taster::plan
