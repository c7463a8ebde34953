// SPDX-License-Identifier: Apache-2.0
// Mnemonics of the IANA registries "Domain Name System (DNS) Parameters".
#include <algorithm>
#include <array>
#include <charconv>

#include "proto/dns/presentation.h"

namespace taster::dns {
namespace {

struct Mnemonic {
  std::uint16_t number;
  std::string_view text;
};

constexpr std::array kTypes = std::to_array<Mnemonic>({
    {1, "A"},      {2, "NS"},      {5, "CNAME"},    {6, "SOA"},
    {12, "PTR"},   {13, "HINFO"},  {15, "MX"},      {16, "TXT"},
    {24, "SIG"},   {25, "KEY"},    {28, "AAAA"},    {29, "LOC"},
    {33, "SRV"},   {35, "NAPTR"},  {37, "CERT"},    {39, "DNAME"},
    {41, "OPT"},   {43, "DS"},     {44, "SSHFP"},   {46, "RRSIG"},
    {47, "NSEC"},  {48, "DNSKEY"}, {50, "NSEC3"},   {51, "NSEC3PARAM"},
    {52, "TLSA"},  {59, "CDS"},    {60, "CDNSKEY"}, {61, "OPENPGPKEY"},
    {62, "CSYNC"}, {63, "ZONEMD"}, {64, "SVCB"},    {65, "HTTPS"},
    {99, "SPF"},   {249, "TKEY"},  {250, "TSIG"},   {251, "IXFR"},
    {252, "AXFR"}, {255, "ANY"},   {256, "URI"},    {257, "CAA"},
});

constexpr std::array<std::string_view, 12> kRcodes = {
    "NOERROR",  "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP",  "REFUSED",
    "YXDOMAIN", "YXRRSET", "NXRRSET",  "NOTAUTH",  "NOTZONE", "DSOTYPENI",
};

bool EqualsIgnoringCase(std::string_view text, std::string_view upper) {
  return std::equal(text.begin(), text.end(), upper.begin(), upper.end(),
                    [](char given, char wanted) {
                      const bool lower = given >= 'a' && given <= 'z';
                      return (lower ? given - 'a' + 'A' : given) == wanted;
                    });
}

}  // namespace

std::string TypeToText(std::uint16_t type) {
  const auto found = std::find_if(
      kTypes.begin(), kTypes.end(),
      [type](const Mnemonic& known) { return known.number == type; });
  if (found != kTypes.end()) return std::string(found->text);
  return "TYPE" + std::to_string(type);
}

std::uint16_t TypeFromText(std::string_view text) {
  for (const Mnemonic& known : kTypes) {
    if (EqualsIgnoringCase(text, known.text)) return known.number;
  }
  constexpr std::string_view kPrefix = "TYPE";
  if (!EqualsIgnoringCase(text.substr(0, kPrefix.size()), kPrefix)) return 0;
  const std::string_view digits = text.substr(kPrefix.size());
  std::uint16_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, number);
  return parsed.ec == std::errc() && parsed.ptr == end ? number : 0;
}

std::string RcodeToText(std::uint8_t rcode) {
  if (rcode < kRcodes.size()) return std::string(kRcodes[rcode]);
  return "RCODE" + std::to_string(rcode);
}

}  // namespace taster::dns
