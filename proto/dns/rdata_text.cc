// SPDX-License-Identifier: Apache-2.0
// RDATA of the types that matter here.
#include "proto/dns/rdata_text.h"

#include "proto/dns/constants.h"
#include "proto/dns/name_text.h"
#include "proto/dns/rdata_cursor.h"
#include "proto/net/ip_address.h"

namespace taster::dns {
namespace {

bool AppendName(RdataCursor* rdata, std::string* text) {
  const auto name = rdata->TakeName();
  if (name) AppendNameText(name->wire(), text);
  return name.has_value();
}

// RFC 1035 section 3.3.13.
bool AppendSoa(RdataCursor* rdata, std::string* text) {
  if (!AppendName(rdata, text)) return false;
  *text += ' ';
  if (!AppendName(rdata, text)) return false;
  // SERIAL, REFRESH, RETRY, EXPIRE, MINIMUM.
  for (int field = 0; field < 5; ++field) {
    const auto number = rdata->Take32();
    if (!number) return false;
    *text += ' ' + std::to_string(*number);
  }
  return true;
}

// RFC 1035 section 3.3.9.
bool AppendMx(RdataCursor* rdata, std::string* text) {
  const auto preference = rdata->Take16();
  if (!preference) return false;
  *text += std::to_string(*preference) + ' ';
  return AppendName(rdata, text);
}

// RFC 1035 section 3.3.14: one or more character strings.
bool AppendTxt(RdataCursor* rdata, std::string* text) {
  if (rdata->empty()) return false;
  for (bool first = true; !rdata->empty(); first = false) {
    const auto string = rdata->TakeString();
    if (!string) return false;
    if (!first) *text += ' ';
    AppendQuoted(*string, text);
  }
  return true;
}

void AppendUnknown(std::span<const std::uint8_t> rdata, std::string* text) {
  *text += "\\# " + std::to_string(rdata.size());
  if (rdata.empty()) return;
  *text += ' ';
  AppendHex(rdata, text);
}

bool AppendAddress(RdataCursor* rdata, std::string* text) {
  const auto address = net::IpAddress::FromBytes(rdata->TakeRest());
  if (address) *text += address->ToString();
  return address.has_value();
}

// Whether this type's RDATA is written in a form of its own.
bool IsKnown(const RecordView& record) {
  switch (record.type) {
    case kTypeA:
    case kTypeAaaa:
    case kTypeSvcb:
    case kTypeHttps:
      return record.rclass == kClassIn;
    case kTypeNs:
    case kTypeCname:
    case kTypeSoa:
    case kTypePtr:
    case kTypeMx:
    case kTypeTxt:
    case kTypeDname:
    case kTypeDs:
    case kTypeRrsig:
    case kTypeNsec:
    case kTypeDnskey:
    case kTypeNsec3:
      return true;
    default:
      return false;
  }
}

bool AppendKnown(const RecordView& record, RdataCursor* rdata,
                 std::string* text) {
  switch (record.type) {
    case kTypeA:
    case kTypeAaaa:
      return AppendAddress(rdata, text);
    case kTypeSvcb:
    case kTypeHttps:
      return AppendSvcb(rdata->TakeRest(), text);
    case kTypeSoa:
      return AppendSoa(rdata, text);
    case kTypeMx:
      return AppendMx(rdata, text);
    case kTypeTxt:
      return AppendTxt(rdata, text);
    case kTypeDs:
    case kTypeRrsig:
    case kTypeNsec:
    case kTypeDnskey:
    case kTypeNsec3:
      return AppendDnssec(record.type, rdata, text);
    default:  // NS, CNAME, PTR, DNAME.
      return AppendName(rdata, text);
  }
}

}  // namespace

bool AppendRdata(std::span<const std::uint8_t> message,
                 const RecordView& record, std::string* text) {
  if (!IsKnown(record)) {
    AppendUnknown(record.rdata, text);
    return true;
  }
  RdataCursor rdata(message, record);
  std::string known;
  const bool whole = AppendKnown(record, &rdata, &known) && rdata.empty();
  if (whole) {
    *text += known;
  } else {
    AppendUnknown(record.rdata, text);
  }
  return whole;
}

}  // namespace taster::dns
