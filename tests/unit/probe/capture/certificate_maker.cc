// SPDX-License-Identifier: Apache-2.0
// X.509 version 3 by OpenSSL.
#include "tests/unit/probe/capture/certificate_maker.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace taster::capture {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void Extend(int kind, const std::string& value, X509* issuer, X509* to) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, to, nullptr, nullptr, 0);
  X509_EXTENSION* const extension =
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  Require(extension != nullptr && X509_add_ext(to, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

template <typename Writer>
void WriteFile(const std::string& path, const Writer& write) {
  std::FILE* const file = std::fopen(path.c_str(), "w");
  Require(file != nullptr && write(file) == 1);
  Require(std::fclose(file) == 0);
}

}  // namespace

CertificateMaker::CertificateMaker(std::filesystem::path directory)
    : directory_(std::move(directory)), ca_key_(EVP_EC_gen("P-256")) {
  Wanted wanted;
  wanted.file = "test authority";
  ca_ = Sign(wanted, ca_key_.get(), nullptr, ca_key_.get());
  WriteFile(PathOf("ca.pem"), [this](std::FILE* file) {
    return PEM_write_X509(file, ca_.get());
  });
}

void CertificateMaker::Make(const Wanted& wanted) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate made =
      Sign(wanted, key.get(), wanted.self_signed ? nullptr : ca_.get(),
           wanted.self_signed ? key.get() : ca_key_.get());
  WriteFile(PathOf(wanted.file + ".pem"),
            [&](std::FILE* file) { return PEM_write_X509(file, made.get()); });
  WriteFile(PathOf(wanted.file + ".key"), [&](std::FILE* file) {
    return PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr,
                                nullptr);
  });
}

CertificateMaker::Certificate CertificateMaker::Sign(const Wanted& wanted,
                                                     EVP_PKEY* key,
                                                     X509* issuer,
                                                     EVP_PKEY* issuer_key) {
  Certificate made(X509_new());
  X509* const certificate = made.get();
  X509* const signer = issuer == nullptr ? certificate : issuer;
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial_++);
  X509_gmtime_adj(X509_getm_notBefore(certificate), wanted.begins_in_seconds);
  X509_gmtime_adj(X509_getm_notAfter(certificate), wanted.ends_in_seconds);
  X509_NAME_add_entry_by_txt(
      X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
      reinterpret_cast<const unsigned char*>(wanted.file.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate, X509_get_subject_name(signer));
  X509_set_pubkey(certificate, key);
  const bool authority = wanted.alternative.empty();
  Extend(NID_basic_constraints, authority ? "critical,CA:TRUE" : "CA:FALSE",
         signer, certificate);
  Extend(NID_subject_key_identifier, "hash", signer, certificate);
  if (!authority) {
    Extend(NID_subject_alt_name, wanted.alternative, signer, certificate);
  }
  Require(X509_sign(certificate, issuer_key, EVP_sha256()) > 0);
  return made;
}

}  // namespace taster::capture
