// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/collection_service.h"

#include <memory>
#include <string>
#include <utility>

#include "collector/ingest/call_checks.h"
#include "collector/ingest/peer_address.h"
#include "proto/envelope/receipt.h"

namespace taster::ingest {
namespace {

// Cheap checks first: size of the key, enrolment, then the signature.
absl::StatusOr<Vantage> Authenticate(const v1::SubmitBatchRequest& request,
                                     const FindVantage& find_vantage) {
  auto vantage = FindCaller(request.vantage_key(), find_vantage);
  if (!vantage.ok()) return vantage;
  if (absl::Status status = envelope::VerifyRequest(request); !status.ok()) {
    return status;
  }
  return vantage;
}

}  // namespace

grpc::ServerUnaryReactor* CollectionService::SubmitBatch(
    grpc::CallbackServerContext* context, const v1::SubmitBatchRequest* request,
    v1::SubmitBatchResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  if (absl::Status status = CheckDeadline(*context); !status.ok()) {
    reactor->Finish(ToGrpc(status));
    return reactor;
  }
  const auto vantage = Authenticate(*request, edges_.find_vantage);
  if (!vantage.ok()) {
    reactor->Finish(ToGrpc(vantage.status()));
    return reactor;
  }
  Received received = Receive(*request, *vantage, edges_.now(),
                              PeerAddress(*context), edges_.bench);
  if (auto* status = std::get_if<absl::Status>(&received)) {
    reactor->Finish(ToGrpc(*status));
  } else if (auto* refusal = std::get_if<v1::Receipt>(&received)) {
    Answer(std::move(*refusal), reactor, response);
  } else {
    Store(std::move(std::get<Ready>(received)), reactor, response);
  }
  return reactor;
}

void CollectionService::Store(Ready ready, grpc::ServerUnaryReactor* reactor,
                              v1::SubmitBatchResponse* response) {
  auto receipt = std::make_shared<v1::Receipt>(std::move(ready.receipt));
  const auto news = std::make_shared<const News>(std::move(ready.news));
  const auto done = [this, reactor, response, receipt,
                     news](absl::StatusOr<store::PutResult> put) {
    if (!put.ok()) {
      reactor->Finish(ToGrpc(put.status()));
      return;
    }
    switch (*put) {
      case store::PutResult::kStored:
        receipt->set_status(v1::RECEIPT_STATUS_STORED);
        edges_.on_stored(*news);
        break;
      case store::PutResult::kDuplicate:
        receipt->set_status(v1::RECEIPT_STATUS_DUPLICATE);
        break;
      case store::PutResult::kConflict:
        receipt->set_status(v1::RECEIPT_STATUS_REJECTED);
        receipt->set_reason(v1::REJECT_REASON_CONFLICT);
        break;
    }
    Answer(std::move(*receipt), reactor, response);
  };
  if (!edges_.writer->Submit(std::move(ready.batch), done)) {
    reactor->Finish({grpc::StatusCode::RESOURCE_EXHAUSTED,
                     "too busy; send it again later"});
  }
}

void CollectionService::Answer(v1::Receipt receipt,
                               grpc::ServerUnaryReactor* reactor,
                               v1::SubmitBatchResponse* response) const {
  const auto since_epoch = edges_.now().time_since_epoch();
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(since_epoch);
  receipt.mutable_receipt_time()->set_seconds(seconds.count());
  *response = envelope::SignReceipt(*edges_.receipt_key, receipt);
  reactor->Finish(grpc::Status::OK);
}

}  // namespace taster::ingest
