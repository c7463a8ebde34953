// SPDX-License-Identifier: Apache-2.0
// The parameter list of SVCB and HTTPS records.
#include "proto/dns/svcb.h"

#include <algorithm>

#include "proto/dns/name.h"
#include "proto/dns/svcb_params.h"

namespace taster::dns {
namespace {

constexpr std::size_t kMaxHints = 32;
constexpr std::size_t kParamHeadBytes = 4;  // SvcParamKey, length.

std::uint16_t Read16(std::span<const std::uint8_t> bytes) {
  return static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]);
}

// Bytes of the uncompressed name at the front of `bytes`; 0 when there is
// none.
std::size_t NameBytes(std::span<const std::uint8_t> bytes) {
  std::size_t at = 0;
  while (at < bytes.size() && at < Name::kMaxBytes) {
    if (bytes[at] == 0) return at + 1;
    if (bytes[at] > Name::kMaxLabelBytes) return 0;
    at += bytes[at] + 1u;
  }
  return 0;
}

// RFC 9460 section 8: strictly increasing keys, without `mandatory` itself.
bool IsKeyList(std::span<const std::uint8_t> value) {
  if (value.empty() || value.size() % 2 != 0) return false;
  std::uint16_t previous = kSvcMandatory;
  for (; !value.empty(); value = value.subspan(2)) {
    if (Read16(value) <= previous) return false;
    previous = Read16(value);
  }
  return true;
}

// RFC 9460 section 7.1.1: length-prefixed, non-empty protocol names.
bool IsAlpnList(std::span<const std::uint8_t> value) {
  if (value.empty()) return false;
  while (!value.empty()) {
    const std::size_t length = value[0];
    if (length == 0 || length >= value.size()) return false;
    value = value.subspan(1 + length);
  }
  return true;
}

bool IsMultipleOf(std::size_t unit, std::span<const std::uint8_t> value) {
  return !value.empty() && value.size() % unit == 0;
}

// RFC 9460 sections 7 and 8; other keys may hold anything.
bool ValueFitsKey(const SvcParam& param) {
  switch (param.key) {
    case kSvcMandatory:
      return IsKeyList(param.value);
    case kSvcAlpn:
      return IsAlpnList(param.value);
    case kSvcNoDefaultAlpn:
      return param.value.empty();
    case kSvcPort:
      return param.value.size() == 2;
    case kSvcIpv4Hint:
      return IsMultipleOf(4, param.value);
    case kSvcIpv6Hint:
      return IsMultipleOf(16, param.value);
    default:
      return true;
  }
}

void KeepHints(const SvcParam& param, SvcbHints* hints) {
  const std::size_t unit = param.key == kSvcIpv4Hint   ? 4
                           : param.key == kSvcIpv6Hint ? 16
                                                       : 0;
  if (unit == 0) return;
  for (auto rest = param.value;
       !rest.empty() && hints->addresses.size() < kMaxHints;
       rest = rest.subspan(unit)) {
    hints->addresses.push_back(*net::IpAddress::FromBytes(rest.first(unit)));
  }
}

}  // namespace

SvcParamReader::SvcParamReader(std::span<const std::uint8_t> rdata) {
  if (rdata.size() < 2) return;
  const std::size_t name_bytes = NameBytes(rdata.subspan(2));
  if (name_bytes == 0) return;
  priority_ = Read16(rdata);
  target_ = rdata.subspan(2, name_bytes);
  rest_ = rdata.subspan(2 + name_bytes);
  malformed_ = false;
  // RFC 9460 section 2.4.2: in AliasMode parameters are ignored, whatever
  // they are.
  if (priority_ == 0) rest_ = {};
}

std::optional<SvcParam> SvcParamReader::Next() {
  if (malformed_ || rest_.empty()) return {};
  malformed_ = true;
  if (rest_.size() < kParamHeadBytes) return {};
  const std::uint16_t key = Read16(rest_);
  const std::size_t length = Read16(rest_.subspan(2));
  if (key < least_key_ || rest_.size() - kParamHeadBytes < length) return {};
  const SvcParam param{key, rest_.subspan(kParamHeadBytes, length)};
  if (!ValueFitsKey(param)) return {};
  malformed_ = false;
  least_key_ = key + 1u;
  rest_ = rest_.subspan(kParamHeadBytes + length);
  return param;
}

bool ReadSvcb(std::span<const std::uint8_t> rdata, SvcbHints* hints) {
  hints->addresses.clear();
  SvcParamReader reader(rdata);
  hints->alias_mode = !reader.malformed() && reader.priority() == 0;
  while (const auto param = reader.Next()) KeepHints(*param, hints);
  return !reader.malformed();
}

}  // namespace taster::dns
