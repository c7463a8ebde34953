// SPDX-License-Identifier: Apache-2.0
// Name, issuer and dates of the certificate are not looked at.
#include "probe/uplink/pin_verifier.h"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <utility>

namespace taster::uplink {
namespace {

template <auto kFree>
struct FreeWith {
  template <typename T>
  void operator()(T* pointer) const {
    kFree(pointer);
  }
};
using Bio = std::unique_ptr<BIO, FreeWith<BIO_free>>;
using Certificate = std::unique_ptr<X509, FreeWith<X509_free>>;

}  // namespace

std::optional<envelope::Hash> SpkiHash(std::string_view pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (!bio) return {};
  const Certificate leaf(
      PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  if (!leaf) return {};
  unsigned char* der = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(leaf.get()), &der);
  if (size <= 0) return {};
  envelope::Hash hash{};
  const int hashed = EVP_Digest(der, static_cast<std::size_t>(size),
                                hash.data(), nullptr, EVP_sha256(), nullptr);
  OPENSSL_free(der);
  if (hashed != 1) return {};
  return hash;
}

PinVerifier::PinVerifier(std::vector<envelope::Hash> pins,
                         MismatchFlag mismatch)
    : pins_(std::move(pins)), mismatch_(std::move(mismatch)) {}

bool PinVerifier::Verify(
    grpc::experimental::TlsCustomVerificationCheckRequest* request,
    std::function<void(grpc::Status)> /*callback*/, grpc::Status* sync_status) {
  const auto pem = request->peer_cert();
  const auto hash = SpkiHash({pem.data(), pem.size()});
  const bool pinned = hash && std::ranges::find(pins_, *hash) != pins_.end();
  mismatch_->store(!pinned);
  *sync_status = pinned ? grpc::Status::OK
                        : grpc::Status(grpc::StatusCode::PERMISSION_DENIED,
                                       "the server's key is not pinned");
  return true;  // Decided on the spot.
}

void PinVerifier::Cancel(
    grpc::experimental::TlsCustomVerificationCheckRequest* /*request*/) {}

}  // namespace taster::uplink
