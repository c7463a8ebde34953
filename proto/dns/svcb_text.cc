// SPDX-License-Identifier: Apache-2.0
// SVCB and HTTPS records as text (RFC 9460 section 2.1).
#include "proto/dns/name_text.h"
#include "proto/dns/rdata_cursor.h"
#include "proto/dns/rdata_text.h"
#include "proto/dns/svcb_params.h"
#include "proto/net/ip_address.h"

namespace taster::dns {
namespace {

std::string KeyToText(std::uint16_t key) {
  switch (key) {
    case kSvcMandatory:
      return "mandatory";
    case kSvcAlpn:
      return "alpn";
    case kSvcNoDefaultAlpn:
      return "no-default-alpn";
    case kSvcPort:
      return "port";
    case kSvcIpv4Hint:
      return "ipv4hint";
    case kSvcEch:
      return "ech";
    case kSvcIpv6Hint:
      return "ipv6hint";
    default:
      return "key" + std::to_string(key);
  }
}

void AppendKeys(RdataCursor value, std::string* text) {
  for (const char* comma = ""; const auto key = value.Take16(); comma = ",") {
    *text += comma + KeyToText(*key);
  }
}

// RFC 9460 section 7.1.1: a comma or backslash inside an id is escaped once
// more than other text; as octets nothing is lost.
void AppendAlpn(RdataCursor value, std::string* text) {
  for (const char* comma = ""; const auto id = value.TakeString();
       comma = ",") {
    *text += comma;
    for (const auto octet : *id) {
      if (octet == ',') *text += "\\\\";
      AppendLabelOctet(octet, text);
    }
  }
}

void AppendHints(RdataCursor value, std::size_t unit, std::string* text) {
  for (const char* comma = ""; const auto bytes = value.TakeBytes(unit);
       comma = ",") {
    *text += comma + net::IpAddress::FromBytes(*bytes)->ToString();
  }
}

// The reader has proven that the value fits its key.
void AppendValue(const SvcParam& param, std::string* text) {
  RdataCursor value(param.value);
  switch (param.key) {
    case kSvcMandatory:
      return AppendKeys(value, text);
    case kSvcAlpn:
      return AppendAlpn(value, text);
    case kSvcPort:
      *text += std::to_string(*value.Take16());
      return;
    case kSvcIpv4Hint:
      return AppendHints(value, 4, text);
    case kSvcIpv6Hint:
      return AppendHints(value, 16, text);
    default:
      // Hex, where RFC 9460 has base64 for ech and escapes for others: easier
      // on the eye, and safe.
      *text += "\\# " + std::to_string(param.value.size()) + ' ';
      AppendHex(param.value, text);
  }
}

}  // namespace

bool AppendSvcb(std::span<const std::uint8_t> rdata, std::string* text) {
  SvcParamReader reader(rdata);
  if (reader.malformed()) return false;
  *text += std::to_string(reader.priority()) + ' ';
  AppendNameText(reader.target(), text);
  while (const auto param = reader.Next()) {
    *text += ' ' + KeyToText(param->key);
    if (param->value.empty()) continue;
    *text += '=';
    AppendValue(*param, text);
  }
  return !reader.malformed();
}

}  // namespace taster::dns
