// SPDX-License-Identifier: Apache-2.0
#include "collector/control/dnssec/rrset.h"

#include "collector/control/dnssec/wire_writer.h"
#include "proto/dns/constants.h"
#include "proto/dns/rdata_cursor.h"
#include "proto/net/bytes_of.h"

namespace taster::control::dnssec {
namespace {

constexpr std::uint16_t kTypeSrv = 33;

// Fixed bytes, then names, then anything: how a type's RDATA is built.
struct Layout {
  std::size_t head_bytes = 0;
  int names = 0;
  bool has_rest = false;
};

// Types whose names may be compressed, or are signed in lower case.
std::optional<Layout> LayoutOf(std::uint16_t type) {
  switch (type) {
    case dns::kTypeNs:
    case dns::kTypeCname:
    case dns::kTypePtr:
    case dns::kTypeDname:
      return Layout{.names = 1};
    case dns::kTypeSoa:
      return Layout{.names = 2, .has_rest = true};
    case dns::kTypeMx:
      return Layout{.head_bytes = 2, .names = 1};
    case kTypeSrv:
      return Layout{.head_bytes = 6, .names = 1};
    case dns::kTypeRrsig:
      return Layout{.head_bytes = 18, .names = 1, .has_rest = true};
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<std::string> CanonicalRdata(std::span<const std::uint8_t> message,
                                          const dns::RecordView& record) {
  const std::optional<Layout> layout = LayoutOf(record.type);
  std::string rdata;
  if (!layout) {
    Append(record.rdata, &rdata);
    return rdata;
  }
  dns::RdataCursor cursor(message, record);
  const auto head = cursor.TakeBytes(layout->head_bytes);
  if (!head) return std::nullopt;
  Append(*head, &rdata);
  for (int i = 0; i < layout->names; ++i) {
    const auto name = cursor.TakeName();
    if (!name) return std::nullopt;
    Append(name->Lower().wire(), &rdata);
  }
  if (cursor.empty() == layout->has_rest) return std::nullopt;
  Append(cursor.TakeRest(), &rdata);
  return rdata;
}

std::optional<Signature> ReadSignature(std::string_view rdata) {
  dns::RdataCursor cursor(net::BytesOf(rdata));
  Signature signature;
  const auto covered = cursor.Take16();
  const auto algorithm = cursor.Take8();
  const auto labels = cursor.Take8();
  const auto original_ttl = cursor.Take32();
  const auto expiration = cursor.Take32();
  const auto inception = cursor.Take32();
  const auto key_tag = cursor.Take16();
  const auto signer = cursor.TakeName();
  // Where a long field finds too little, a short one behind it may find enough.
  if (!covered || !labels || !original_ttl || !expiration || !inception ||
      !key_tag || !signer || cursor.empty()) {
    return std::nullopt;
  }
  signature.covered = *covered;
  signature.algorithm = *algorithm;
  signature.labels = *labels;
  signature.original_ttl = *original_ttl;
  signature.expiration = *expiration;
  signature.inception = *inception;
  signature.key_tag = *key_tag;
  signature.signer = signer->Lower();
  Append(cursor.TakeRest(), &signature.signature);
  return signature;
}

std::string WriteSignature(const Signature& signature, bool with_signature) {
  std::string rdata;
  Append16(signature.covered, &rdata);
  Append8(signature.algorithm, &rdata);
  Append8(signature.labels, &rdata);
  Append32(signature.original_ttl, &rdata);
  Append32(signature.expiration, &rdata);
  Append32(signature.inception, &rdata);
  Append16(signature.key_tag, &rdata);
  Append(signature.signer.wire(), &rdata);
  if (with_signature) rdata += signature.signature;
  return rdata;
}

}  // namespace taster::control::dnssec
