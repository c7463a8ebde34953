// SPDX-License-Identifier: Apache-2.0
// OPT records as text (RFC 6891 section 6.1).
#include <array>
#include <string_view>

#include "proto/dns/name_text.h"
#include "proto/dns/rdata_cursor.h"
#include "proto/dns/rdata_text.h"
#include "proto/net/ip_address.h"

namespace taster::dns {
namespace {

constexpr std::uint16_t kOptionNsid = 3;          // RFC 5001
constexpr std::uint16_t kOptionClientSubnet = 8;  // RFC 7871
constexpr std::uint16_t kOptionCookie = 10;       // RFC 7873
constexpr std::uint16_t kOptionPadding = 12;      // RFC 7830
constexpr std::uint16_t kOptionEde = 15;          // RFC 8914
constexpr std::uint32_t kFlagDo = 0x8000;

// RFC 8914 section 4.
constexpr std::array<std::string_view, 25> kEdeTexts = {
    "Other Error",
    "Unsupported DNSKEY Algorithm",
    "Unsupported DS Digest Type",
    "Stale Answer",
    "Forged Answer",
    "DNSSEC Indeterminate",
    "DNSSEC Bogus",
    "Signature Expired",
    "Signature Not Yet Valid",
    "DNSKEY Missing",
    "RRSIGs Missing",
    "No Zone Key Bit Set",
    "NSEC Missing",
    "Cached Error",
    "Not Ready",
    "Blocked",
    "Censored",
    "Filtered",
    "Prohibited",
    "Stale NXDomain Answer",
    "Not Authoritative",
    "Not Supported",
    "No Reachable Authority",
    "Network Error",
    "Invalid Data",
};

bool AppendEde(RdataCursor value, std::string* text) {
  const auto code = value.Take16();
  if (!code) return false;
  *text += "EDE: " + std::to_string(*code);
  if (*code < kEdeTexts.size()) {
    text->append(" (").append(kEdeTexts[*code]).append(")");
  }
  if (value.empty()) return true;
  *text += ": ";
  AppendQuoted(value.TakeRest(), text);
  return true;
}

// RFC 7871 section 6: the address is cut to the bytes that its prefix needs.
bool AppendClientSubnet(RdataCursor value, std::string* text) {
  const auto family = value.Take16();
  const auto source = value.Take8();
  const auto scope = value.Take8();
  if (!family || !source || !scope || *family < 1 || *family > 2) return false;
  const auto bytes = value.TakeRest();
  const std::size_t whole = *family == 1 ? 4 : 16;
  if (*source > whole * 8 || bytes.size() != (*source + 7u) / 8) return false;
  std::array<std::uint8_t, 16> padded{};
  std::copy(bytes.begin(), bytes.end(), padded.begin());
  const auto address =
      net::IpAddress::FromBytes(std::span(padded).first(whole));
  *text += "CLIENT-SUBNET: " + address->ToString() + '/' +
           std::to_string(*source) + '/' + std::to_string(*scope);
  return true;
}

void AppendNsid(std::span<const std::uint8_t> value, std::string* text) {
  *text += "NSID: ";
  AppendHex(value, text);
  *text += " (";
  AppendQuoted(value, text);
  *text += ')';
}

bool AppendOption(std::uint16_t code, std::span<const std::uint8_t> value,
                  std::string* text) {
  switch (code) {
    case kOptionNsid:
      AppendNsid(value, text);
      return true;
    case kOptionClientSubnet:
      return AppendClientSubnet(RdataCursor(value), text);
    case kOptionEde:
      return AppendEde(RdataCursor(value), text);
    case kOptionPadding:
      *text += "PADDING: " + std::to_string(value.size()) + " bytes";
      return true;
    case kOptionCookie:
      *text += "COOKIE: ";
      break;
    default:
      *text += "OPT=" + std::to_string(code) + ": ";
  }
  AppendHex(value, text);
  return true;
}

}  // namespace

bool AppendOpt(const RecordView& opt, std::string* text) {
  *text += "; EDNS: version: " + std::to_string(opt.rr_ttl >> 16 & 0xff) +
           ", flags:" + ((opt.rr_ttl & kFlagDo) != 0 ? " do" : "") +
           "; udp: " + std::to_string(opt.rclass);
  if (const auto extended = opt.rr_ttl >> 24; extended != 0) {
    *text += ", extended rcode: " + std::to_string(extended);
  }
  *text += '\n';
  RdataCursor rdata(opt.rdata);
  while (!rdata.empty()) {
    const auto code = rdata.Take16();
    const auto length = rdata.Take16();
    if (!code || !length) return false;
    const auto value = rdata.TakeBytes(*length);
    if (!value) return false;
    std::string option;
    if (!AppendOption(*code, *value, &option)) return false;
    text->append("; ").append(option).append("\n");
  }
  return true;
}

}  // namespace taster::dns
