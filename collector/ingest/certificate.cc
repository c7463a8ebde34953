// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/certificate.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#include <array>
#include <memory>
#include <vector>

namespace taster::ingest {
namespace {

constexpr long kCenturyInSeconds = 36'500L * 86'400L;
constexpr long kDayInSeconds = 86'400L;

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

std::string Contents(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

// A random serial number: two collectors' certificates must not look alike.
bool SetSerial(X509* certificate) {
  std::uint64_t serial = 0;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof(serial)) !=
      1) {
    return false;
  }
  return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate),
                                 serial >> 1) == 1;
}

bool FillAndSign(X509* certificate, EVP_PKEY* key) {
  X509_NAME* name = X509_get_subject_name(certificate);
  const auto* common_name = reinterpret_cast<const unsigned char*>("taster");
  return X509_set_version(certificate, 2) == 1 && SetSerial(certificate) &&
         X509_gmtime_adj(X509_getm_notBefore(certificate), -kDayInSeconds) !=
             nullptr &&
         X509_gmtime_adj(X509_getm_notAfter(certificate), kCenturyInSeconds) !=
             nullptr &&
         X509_set_pubkey(certificate, key) == 1 &&
         X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name, -1,
                                    -1, 0) == 1 &&
         X509_set_issuer_name(certificate, name) == 1 &&
         X509_sign(certificate, key, EVP_sha256()) > 0;
}

}  // namespace

absl::StatusOr<Certificate> MakeCertificate() {
  const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
  const Owned<X509> certificate(X509_new());
  const Owned<BIO> key_pem(BIO_new(BIO_s_mem()));
  const Owned<BIO> certificate_pem(BIO_new(BIO_s_mem()));
  if (!key || !certificate || !key_pem || !certificate_pem ||
      !FillAndSign(certificate.get(), key.get()) ||
      PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0,
                               nullptr, nullptr) != 1 ||
      PEM_write_bio_X509(certificate_pem.get(), certificate.get()) != 1) {
    return absl::InternalError("OpenSSL could not make a certificate");
  }
  return Certificate{Contents(certificate_pem.get()), Contents(key_pem.get())};
}

absl::StatusOr<std::string> PinOf(const Certificate& certificate) {
  const auto open = [](const std::string& pem) {
    return Owned<BIO>(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  };
  const Owned<X509> parsed(PEM_read_bio_X509(
      open(certificate.certificate_pem).get(), nullptr, nullptr, nullptr));
  const Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(
      open(certificate.private_key_pem).get(), nullptr, nullptr, nullptr));
  if (!parsed || !key || X509_check_private_key(parsed.get(), key.get()) != 1) {
    return absl::InvalidArgumentError(
        "certificate and private key do not belong together");
  }
  unsigned char* der = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(parsed.get()), &der);
  if (size <= 0) return absl::InternalError("OpenSSL: SubjectPublicKeyInfo");
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
  SHA256(der, static_cast<std::size_t>(size), digest.data());
  OPENSSL_free(der);

  std::array<unsigned char, 4 * ((SHA256_DIGEST_LENGTH + 2) / 3) + 1> text{};
  const int length =
      EVP_EncodeBlock(text.data(), digest.data(), SHA256_DIGEST_LENGTH);
  return "sha256/" + std::string(reinterpret_cast<const char*>(text.data()),
                                 static_cast<std::size_t>(length));
}

}  // namespace taster::ingest
