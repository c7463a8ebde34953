// SPDX-License-Identifier: Apache-2.0
// A collector on loopback with TLS, that does what a test tells it.
#pragma once

#include <grpcpp/server.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "probe/uplink/uplink.h"
#include "proto/envelope/sign.h"
#include "taster/v1/collection.grpc.pb.h"

namespace taster::uplink {

struct KeyAndCertificate {
  std::string key_pem;
  std::string certificate_pem;
};

// A self-signed certificate that expired long ago: only its key matters.
KeyAndCertificate MakeCertificate();

class TestCollector final : public v1::Collection::Service {
 public:
  // Fills the receipt; what it returns is the call's status.
  using Answer =
      std::function<grpc::Status(const v1::SubmitBatchRequest&, v1::Receipt*)>;

  // `port` 0: any.
  explicit TestCollector(int port = 0);
  ~TestCollector() override;

  grpc::Status SubmitBatch(grpc::ServerContext* context,
                           const v1::SubmitBatchRequest* request,
                           v1::SubmitBatchResponse* response) override;

  // Options that fit this collector.
  UplinkOptions Options() const;
  int port() const { return port_; }
  void Set(Answer answer);
  // Signs receipts with a key that no probe expects.
  void Forge() { receipt_key_ = envelope::SigningKey::FromSeed({9}); }
  std::size_t calls() const;

 private:
  const KeyAndCertificate identity_;
  envelope::SigningKey receipt_key_ = envelope::SigningKey::FromSeed({7});
  mutable std::mutex mutex_;
  Answer answer_;
  std::size_t calls_ = 0;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace taster::uplink
