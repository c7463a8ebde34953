// SPDX-License-Identifier: Apache-2.0
#include "collector/control/dnssec/crypto.h"

#include <algorithm>
#include <array>
#include <memory>

#include "collector/control/dnssec/name_order.h"
#include "collector/control/dnssec/wire_writer.h"
#include "proto/dns/constants.h"
#include "proto/dns/rdata_cursor.h"
#include "proto/net/bytes_of.h"
// Last: it defines macros that break the standard library's headers.
#include <ldns/ldns.h>

namespace taster::control::dnssec {
namespace {

constexpr std::uint8_t kSha256 = 2;
constexpr std::uint8_t kSha384 = 4;
constexpr std::size_t kMaxModulusBytes = 512;
constexpr std::size_t kMaxExponentBytes = 8;

struct BufferDeleter {
  void operator()(ldns_buffer* buffer) const { ldns_buffer_free(buffer); }
};
using Buffer = std::unique_ptr<ldns_buffer, BufferDeleter>;

struct RdfDeleter {
  void operator()(ldns_rdf* rdf) const { ldns_rdf_deep_free(rdf); }
};
using Rdf = std::unique_ptr<ldns_rdf, RdfDeleter>;

std::uint8_t* Unsigned(std::string& bytes) {
  return reinterpret_cast<std::uint8_t*>(bytes.data());
}

// RFC 3110 section 2.
bool IsRsaModest(std::string_view public_key) {
  dns::RdataCursor cursor(net::BytesOf(public_key));
  std::size_t exponent = cursor.Take8().value_or(0);
  if (exponent == 0) exponent = cursor.Take16().value_or(0);
  if (exponent == 0 || exponent > kMaxExponentBytes) return false;
  if (!cursor.TakeBytes(exponent)) return false;
  const std::size_t modulus = cursor.TakeRest().size();
  return modulus >= 64 && modulus <= kMaxModulusBytes;
}

// Sizes of key and signature: RFC 6605 section 4, RFC 8080 sections 3 and 4.
bool AreSizesRight(std::uint8_t algorithm, std::size_t key,
                   std::size_t signature) {
  switch (algorithm) {
    case LDNS_ECDSAP256SHA256:
      return key == 64 && signature == 64;
    case LDNS_ECDSAP384SHA384:
      return key == 96 && signature == 96;
    case LDNS_ED25519:
      return key == 32 && signature == 64;
    case LDNS_ED448:
      return key == 57 && signature == 114;
    default:
      return signature <= kMaxModulusBytes;
  }
}

// What is signed: RFC 4034 section 3.1.8.1.
std::string SignedBytes(const Rrset& set, const Signature& signature) {
  const int labels = CountLabels(set.owner);
  const dns::Name owner =
      signature.labels < labels
          ? WildcardUnder(Ancestor(set.owner, signature.labels))
          : set.owner;
  std::string bytes = WriteSignature(signature, false);
  for (const std::string& rdata : set.rdata) {
    Append(owner.wire(), &bytes);
    Append16(set.type, &bytes);
    Append16(dns::kClassIn, &bytes);
    Append32(signature.original_ttl, &bytes);
    Append16(static_cast<std::uint16_t>(rdata.size()), &bytes);
    bytes += rdata;
  }
  return bytes;
}

Buffer BufferOf(std::string_view bytes) {
  Buffer buffer(ldns_buffer_new(bytes.size() + 1));
  if (buffer == nullptr) return nullptr;
  ldns_buffer_write(buffer.get(), bytes.data(), bytes.size());
  return buffer;
}

bool IsEcdsa(std::uint8_t algorithm) {
  return algorithm == LDNS_ECDSAP256SHA256 || algorithm == LDNS_ECDSAP384SHA384;
}

// As OpenSSL takes it: ECDSA's two numbers as ASN.1. Empty: out of memory.
std::string RawSignature(const Signature& signature) {
  if (!IsEcdsa(signature.algorithm)) return signature.signature;
  const Rdf rdf(ldns_rdf_new_frm_data(LDNS_RDF_TYPE_B64,
                                      signature.signature.size(),
                                      signature.signature.data()));
  const Buffer buffer(ldns_buffer_new(signature.signature.size() + 32));
  if (rdf == nullptr || buffer == nullptr ||
      ldns_convert_ecdsa_rrsig_rdf2asn1(buffer.get(), rdf.get()) !=
          LDNS_STATUS_OK) {
    return {};
  }
  return {reinterpret_cast<const char*>(ldns_buffer_begin(buffer.get())),
          ldns_buffer_position(buffer.get())};
}

std::string Digest(std::uint8_t type, const dns::Name& owner, const Key& key) {
  std::string bytes;
  Append(owner.Lower().wire(), &bytes);
  bytes += key.rdata;
  std::array<std::uint8_t, LDNS_SHA384_DIGEST_LENGTH> digest{};
  const auto size = static_cast<unsigned>(bytes.size());
  if (type == kSha256) {
    ldns_sha256(Unsigned(bytes), size, digest.data());
    return {digest.begin(), digest.begin() + LDNS_SHA256_DIGEST_LENGTH};
  }
  ldns_sha384(Unsigned(bytes), size, digest.data());
  return {digest.begin(), digest.end()};
}

}  // namespace

bool IsAlgorithmKnown(std::uint8_t algorithm) {
  switch (algorithm) {
    case LDNS_RSASHA256:
    case LDNS_RSASHA512:
    case LDNS_ECDSAP256SHA256:
    case LDNS_ECDSAP384SHA384:
    case LDNS_ED25519:
    case LDNS_ED448:
      return true;
    default:
      return false;
  }
}

bool IsDigestKnown(std::uint8_t digest_type) {
  return digest_type == kSha256 || digest_type == kSha384;
}

std::optional<Key> ReadKey(std::string_view rdata) {
  dns::RdataCursor cursor(net::BytesOf(rdata));
  const auto flags = cursor.Take16();
  const auto protocol = cursor.Take8();
  const auto algorithm = cursor.Take8();
  if (!flags || !algorithm || cursor.empty()) return std::nullopt;
  Key key{.flags = *flags, .protocol = *protocol, .algorithm = *algorithm};
  Append(cursor.TakeRest(), &key.public_key);
  key.rdata = rdata;
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < rdata.size(); ++i) {
    const std::uint32_t octet = static_cast<std::uint8_t>(rdata[i]);
    sum += i % 2 == 0 ? octet << 8 : octet;
  }
  key.tag = static_cast<std::uint16_t>(sum + (sum >> 16));
  return key;
}

bool Verifies(const Rrset& set, const Signature& signature, const Key& key) {
  if (!IsAlgorithmKnown(key.algorithm) ||
      key.algorithm != signature.algorithm ||
      !AreSizesRight(key.algorithm, key.public_key.size(),
                     signature.signature.size())) {
    return false;
  }
  const bool is_rsa =
      key.algorithm == LDNS_RSASHA256 || key.algorithm == LDNS_RSASHA512;
  if (is_rsa && !IsRsaModest(key.public_key)) return false;
  std::string raw = RawSignature(signature);
  std::string public_key = key.public_key;
  const Buffer buffer = BufferOf(SignedBytes(set, signature));
  if (raw.empty() || buffer == nullptr) return false;
  return ldns_verify_rrsig_buffers_raw(Unsigned(raw), raw.size(), buffer.get(),
                                       Unsigned(public_key), public_key.size(),
                                       key.algorithm) == LDNS_STATUS_OK;
}

bool IsDigestOf(std::string_view ds, const dns::Name& owner, const Key& key) {
  dns::RdataCursor cursor(net::BytesOf(ds));
  const auto tag = cursor.Take16();
  const auto algorithm = cursor.Take8();
  const auto type = cursor.Take8();
  if (!tag || !type || *tag != key.tag || *algorithm != key.algorithm ||
      !IsDigestKnown(*type)) {
    return false;
  }
  return ds.substr(4) == Digest(*type, owner, key);
}

std::string MakeDs(const dns::Name& owner, const Key& key) {
  std::string ds;
  Append16(key.tag, &ds);
  Append8(key.algorithm, &ds);
  Append8(kSha256, &ds);
  return ds + Digest(kSha256, owner, key);
}

std::string HashName(const dns::Name& name, std::uint16_t iterations,
                     std::string_view salt) {
  std::string bytes;
  Append(name.Lower().wire(), &bytes);
  std::array<std::uint8_t, LDNS_SHA1_DIGEST_LENGTH> digest{};
  for (std::uint32_t round = 0; round <= iterations; ++round) {
    bytes += salt;
    ldns_sha1(Unsigned(bytes), static_cast<unsigned>(bytes.size()),
              digest.data());
    bytes.assign(digest.begin(), digest.end());
  }
  return bytes;
}

}  // namespace taster::control::dnssec
