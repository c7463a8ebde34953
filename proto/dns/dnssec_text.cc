// SPDX-License-Identifier: Apache-2.0
// RDATA of DNSSEC's types (RFC 4034 sections 2.2 to 5.3, RFC 5155 section 3.3).
#include <chrono>
#include <cstdio>

#include "proto/dns/constants.h"
#include "proto/dns/name_text.h"
#include "proto/dns/presentation.h"
#include "proto/dns/rdata_text.h"

namespace taster::dns {
namespace {

using Bytes = std::span<const std::uint8_t>;

// RFC 4648 section 4: 6 bits a character, with padding; section 7: 5 bits,
// without.
void AppendBase(Bytes bytes, int bits_each, std::string* text) {
  constexpr char kBase64[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr char kBase32[] = "0123456789abcdefghijklmnopqrstuv";
  const char* digits = bits_each == 6 ? kBase64 : kBase32;
  const unsigned mask = (1u << bits_each) - 1;
  std::uint32_t bits = 0;
  int held = 0;
  std::size_t count = 0;
  for (const std::uint8_t byte : bytes) {
    bits = bits << 8 | byte;
    for (held += 8; held >= bits_each; ++count) {
      held -= bits_each;
      *text += digits[bits >> held & mask];
    }
  }
  if (held > 0) {
    *text += digits[bits << (bits_each - held) & mask];
    ++count;
  }
  while (bits_each == 6 && count++ % 4 != 0) *text += '=';
}

// YYYYMMDDHHmmSS (RFC 4034 section 3.2), of the years 1970 to 2106.
void AppendTime(std::uint32_t seconds, std::string* text) {
  using namespace std::chrono;
  const sys_seconds time{std::chrono::seconds(seconds)};
  const auto midnight = floor<days>(time);
  const year_month_day day(midnight);
  const hh_mm_ss clock(time - midnight);
  char shown[48];
  std::snprintf(
      shown, sizeof shown, "%04d%02u%02u%02d%02d%02d",
      static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
      static_cast<unsigned>(day.day()), static_cast<int>(clock.hours().count()),
      static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()));
  *text += shown;
}

bool AppendName(RdataCursor* rdata, std::string* text) {
  const auto name = rdata->TakeName();
  if (name) AppendNameText(name->wire(), text);
  return name.has_value();
}

// The types of a bitmap, each behind a space.
bool AppendTypes(RdataCursor* rdata, std::string* text) {
  while (!rdata->empty()) {
    const auto window = rdata->Take8();
    const auto octets = rdata->TakeString();
    if (!octets || octets->empty() || octets->size() > 32) return false;
    for (unsigned bit = 0; bit < octets->size() * 8; ++bit) {
      if (((*octets)[bit / 8] & 0x80 >> bit % 8) == 0) continue;
      *text += ' ' + TypeToText(static_cast<std::uint16_t>(*window << 8 | bit));
    }
  }
  return true;
}

bool AppendRrsig(RdataCursor* rdata, std::string* text) {
  const auto covered = rdata->Take16();
  const auto algorithm = rdata->Take8();
  const auto labels = rdata->Take8();
  const auto ttl = rdata->Take32();
  const auto expiration = rdata->Take32();
  const auto inception = rdata->Take32();
  const auto tag = rdata->Take16();
  // Where a long field finds too little, a short one behind it may find enough.
  if (!covered || !labels || !ttl || !expiration || !inception || !tag) {
    return false;
  }
  *text += TypeToText(*covered) + ' ' + std::to_string(*algorithm) + ' ' +
           std::to_string(*labels) + ' ' + std::to_string(*ttl) + ' ';
  AppendTime(*expiration, text);
  *text += ' ';
  AppendTime(*inception, text);
  *text += ' ' + std::to_string(*tag) + ' ';
  if (!AppendName(rdata, text) || rdata->empty()) return false;
  *text += ' ';
  AppendBase(rdata->TakeRest(), 6, text);
  return true;
}

// A DNSKEY's or a DS record's: numbers, then bytes that are not empty.
bool AppendKey(std::uint16_t type, RdataCursor* rdata, std::string* text) {
  const auto first = rdata->Take16();
  const auto second = rdata->Take8();
  const auto third = rdata->Take8();
  if (!first || !third || rdata->empty()) return false;
  *text += std::to_string(*first) + ' ' + std::to_string(*second) + ' ' +
           std::to_string(*third) + ' ';
  if (type == kTypeDs) {
    AppendHex(rdata->TakeRest(), text);
  } else {
    AppendBase(rdata->TakeRest(), 6, text);
  }
  return true;
}

bool AppendNsec3(RdataCursor* rdata, std::string* text) {
  const auto algorithm = rdata->Take8();
  const auto flags = rdata->Take8();
  const auto iterations = rdata->Take16();
  const auto salt = rdata->TakeString();
  const auto next = salt ? rdata->TakeString() : std::nullopt;
  if (!iterations || !next || next->empty()) return false;
  *text += std::to_string(*algorithm) + ' ' + std::to_string(*flags) + ' ' +
           std::to_string(*iterations) + ' ';
  if (salt->empty()) *text += '-';
  AppendHex(*salt, text);
  *text += ' ';
  AppendBase(*next, 5, text);
  return AppendTypes(rdata, text);
}

}  // namespace

bool AppendDnssec(std::uint16_t type, RdataCursor* rdata, std::string* text) {
  switch (type) {
    case kTypeRrsig:
      return AppendRrsig(rdata, text);
    case kTypeNsec:
      return AppendName(rdata, text) && AppendTypes(rdata, text);
    case kTypeNsec3:
      return AppendNsec3(rdata, text);
    default:  // DS, DNSKEY.
      return AppendKey(type, rdata, text);
  }
}

}  // namespace taster::dns
