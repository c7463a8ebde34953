// SPDX-License-Identifier: Apache-2.0
// An authority and the certificates that it issues, as PEM files in a directory
// of the test's own.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <filesystem>
#include <memory>
#include <string>

namespace taster::capture {

struct Wanted {
  std::string file{};         // Name of NAME.pem and NAME.key.
  std::string alternative{};  // "DNS:dns.example,IP:127.0.0.1"
  long begins_in_seconds = -3600;
  long ends_in_seconds = 3600;
  bool self_signed = false;
};

class CertificateMaker {
 public:
  // Writes DIRECTORY/ca.pem.
  explicit CertificateMaker(std::filesystem::path directory);

  void Make(const Wanted& wanted);
  std::string PathOf(const std::string& file) const {
    return (directory_ / file).string();
  }

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
  };
  using Key = std::unique_ptr<EVP_PKEY, Free>;
  using Certificate = std::unique_ptr<X509, Free>;

  Certificate Sign(const Wanted& wanted, EVP_PKEY* key, X509* issuer,
                   EVP_PKEY* issuer_key);

  std::filesystem::path directory_;
  Key ca_key_;
  Certificate ca_;
  long serial_ = 1;
};

}  // namespace taster::capture
