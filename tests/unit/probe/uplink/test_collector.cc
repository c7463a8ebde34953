// SPDX-License-Identifier: Apache-2.0
// The server side of the protocol, small enough to be told what to say.
#include "tests/unit/probe/uplink/test_collector.h"

#include <grpcpp/grpcpp.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "probe/uplink/pin_verifier.h"
#include "proto/envelope/receipt.h"

namespace taster::uplink {
namespace {

std::string Drain(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(bio);
  return text;
}

}  // namespace

KeyAndCertificate MakeCertificate() {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -2 * 86'400);
  X509_gmtime_adj(X509_getm_notAfter(certificate), -86'400);
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(
      name, "CN", MBSTRING_ASC,
      reinterpret_cast<const unsigned char*>("front.example"), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_set_pubkey(certificate, key);
  X509_sign(certificate, key, EVP_sha256());
  KeyAndCertificate made;
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  made.key_pem = Drain(bio);
  bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, certificate);
  made.certificate_pem = Drain(bio);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return made;
}

TestCollector::TestCollector(int port) : identity_(MakeCertificate()) {
  grpc::SslServerCredentialsOptions tls;
  tls.pem_key_cert_pairs.push_back(
      {identity_.key_pem, identity_.certificate_pem});
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:" + std::to_string(port),
                           grpc::SslServerCredentials(tls), &port_);
  builder.RegisterService(this);
  server_ = builder.BuildAndStart();
}

TestCollector::~TestCollector() {
  server_->Shutdown(std::chrono::system_clock::now());
}

void TestCollector::Set(Answer answer) {
  const std::lock_guard guard(mutex_);
  answer_ = std::move(answer);
}

std::size_t TestCollector::calls() const {
  const std::lock_guard guard(mutex_);
  return calls_;
}

UplinkOptions TestCollector::Options() const {
  return {.endpoint = "127.0.0.1:" + std::to_string(port_),
          .pins = {SpkiHash(identity_.certificate_pem).value()},
          .receipt_key = envelope::SigningKey::FromSeed({7}).public_key(),
          .server_name = "",
          .deadline = std::chrono::seconds(5)};
}

grpc::Status TestCollector::SubmitBatch(grpc::ServerContext* /*context*/,
                                        const v1::SubmitBatchRequest* request,
                                        v1::SubmitBatchResponse* response) {
  const std::lock_guard guard(mutex_);
  ++calls_;
  const auto hash = envelope::HashOf(envelope::PayloadOf(*request));
  v1::Receipt receipt;
  receipt.set_vantage_key(request->vantage_key());
  receipt.set_batch_id(request->batch_id());
  receipt.set_payload_hash(hash.data(), hash.size());
  receipt.set_status(v1::RECEIPT_STATUS_STORED);
  if (answer_) {
    const auto status = answer_(*request, &receipt);
    if (!status.ok()) return status;
  }
  *response = envelope::SignReceipt(receipt_key_, receipt);
  return grpc::Status::OK;
}

}  // namespace taster::uplink
