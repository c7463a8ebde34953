// SPDX-License-Identifier: Apache-2.0
// RFC 5280 by OpenSSL, with every fault seen before one is named.
#include "probe/capture/certificate_check.h"

#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <filesystem>
#include <system_error>

namespace taster::capture {
namespace {

// Ordered by how much a fault takes away: the lowest is named. A wrong name is
// named only where nothing else is wrong.
enum Weight { kNone = 100, kWrongName = 50 };

struct Named {
  int weight;
  CertificateFault fault;
};

Named NameFault(int error) {
  switch (error) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return {1, CertificateFault::kSelfSigned};
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_UNTRUSTED:
      return {2, CertificateFault::kUnknownIssuer};
    case X509_V_ERR_CERT_REVOKED:
      return {3, CertificateFault::kRevoked};
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return {5, CertificateFault::kExpired};
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return {6, CertificateFault::kNotYetValid};
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return {kWrongName, CertificateFault::kName};
    default:
      return {4, CertificateFault::kOther};
  }
}

// What the verification of one chain has met so far.
struct Faults {
  int weight = kNone;
  int error = X509_V_OK;
  CertificateFault fault = CertificateFault::kOther;
};

int FaultsIndex() {
  static const int index =
      X509_STORE_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

// Notes the fault and goes on, so that all are seen.
int NoteFault(int fine, X509_STORE_CTX* store) {
  if (fine == 1) return 1;
  auto* const faults =
      static_cast<Faults*>(X509_STORE_CTX_get_ex_data(store, FaultsIndex()));
  const int error = X509_STORE_CTX_get_error(store);
  const Named named = NameFault(error);
  if (named.weight < faults->weight) {
    *faults = {named.weight, error, named.fault};
  }
  return 1;
}

void KeepChain(X509_STORE_CTX* store, CheckedChain* chain) {
  // As the peer sent it, its own included.
  STACK_OF(X509)* const sent = X509_STORE_CTX_get0_untrusted(store);
  for (int i = 0; i < sk_X509_num(sent); ++i) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(sk_X509_value(sent, i), &der);
    if (size <= 0) return;
    chain->certificates.emplace_back(der, der + size);
    OPENSSL_free(der);
  }
}

// Replaces X509_verify_cert: 1 when the chain is valid, else 0.
int CheckChain(X509_STORE_CTX* store, void*) {
  const auto* const ssl = static_cast<const SSL*>(
      X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  auto* const chain = static_cast<CheckedChain*>(SSL_get_app_data(ssl));
  if (chain == nullptr) return 0;
  KeepChain(store, chain);
  Faults faults;
  if (X509_STORE_CTX_set_ex_data(store, FaultsIndex(), &faults) != 1) return 0;
  X509_STORE_CTX_set_verify_cb(store, NoteFault);
  const bool finished = X509_verify_cert(store) == 1;
  X509_STORE_CTX_set_ex_data(store, FaultsIndex(), nullptr);
  chain->valid = finished && faults.weight == kNone;
  if (chain->valid) return 1;
  chain->fault = faults.fault;
  X509_STORE_CTX_set_error(
      store, faults.error == X509_V_OK ? X509_V_ERR_UNSPECIFIED : faults.error);
  return 0;
}

// The certificates of this system: of the bundle and of the directory.
bool TrustSystem(SSL_CTX* context) {
  const char* const file = X509_get_default_cert_file();
  const char* const directory = X509_get_default_cert_dir();
  std::error_code error;
  bool trusted = false;
  if (std::filesystem::exists(file, error)) {
    trusted = SSL_CTX_load_verify_file(context, file) == 1;
  }
  const std::filesystem::directory_iterator certificates(directory, error);
  if (!error && begin(certificates) != end(certificates)) {
    trusted |= SSL_CTX_load_verify_dir(context, directory) == 1;
  }
  return trusted;
}

}  // namespace

absl::StatusOr<SslContext> OpenSslContext(const std::string& ca_file) {
  SslContext context(SSL_CTX_new(TLS_client_method()));
  if (!context ||
      SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1) {
    return absl::InternalError("start TLS");
  }
  const bool trusted =
      ca_file.empty()
          ? TrustSystem(context.get())
          : SSL_CTX_load_verify_file(context.get(), ca_file.c_str()) == 1;
  if (!trusted) {
    return absl::FailedPreconditionError(
        ca_file.empty() ? std::string("this system trusts no certificates; "
                                      "install ca-certificates")
                        : "no certificates in " + ca_file);
  }
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(context.get(), CheckChain, nullptr);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  // A chain is checked once.
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION);
  return context;
}

bool Expect(const std::string& name, const net::IpAddress& address,
            CheckedChain* chain, SSL* ssl) {
  SSL_set_app_data(ssl, chain);
  X509_VERIFY_PARAM* const wanted = SSL_get0_param(ssl);
  // RFC 6125 section 6.4.4: a common name says nothing.
  X509_VERIFY_PARAM_set_hostflags(wanted,
                                  X509_CHECK_FLAG_NEVER_CHECK_SUBJECT |
                                      X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  // RFC 6066 section 3: SNI tells no address.
  const std::optional<net::IpAddress> literal =
      name.empty() ? address : net::IpAddress::Parse(name);
  if (literal) {
    const auto bytes = literal->bytes();
    return X509_VERIFY_PARAM_set1_ip(wanted, bytes.data(), bytes.size()) == 1;
  }
  return X509_VERIFY_PARAM_set1_host(wanted, name.data(), name.size()) == 1 &&
         SSL_set_tlsext_host_name(ssl, name.c_str()) == 1;
}

}  // namespace taster::capture
