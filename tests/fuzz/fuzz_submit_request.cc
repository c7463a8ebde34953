// SPDX-License-Identifier: Apache-2.0
// Any bytes as a SubmitBatchRequest: parsed and verified; its payload parsed
// as a Batch, as a collector would once the signature was found good.
#include <google/protobuf/stubs/logging.h>

#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "proto/envelope/receipt.h"
#include "proto/net/bytes_of.h"
#include "taster/v1/measurement.pb.h"
#include "tests/unit/proto/dns/read_all.h"

namespace taster::envelope {
namespace {

void ReadPayload(const std::string& payload) {
  v1::Batch batch;
  if (!batch.ParseFromString(payload)) return;
  for (const auto& measurement : batch.measurements()) {
    dns::ReadAll(net::BytesOf(measurement.query()));
    for (const auto& response : measurement.responses()) {
      dns::ReadAll(net::BytesOf(response.message()));
    }
  }
}

}  // namespace
}  // namespace taster::envelope

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace taster;
  envelope::Initialise();
  // It would report every string that is not UTF-8.
  google::protobuf::SetLogHandler(nullptr);
  v1::SubmitBatchRequest request;
  if (!request.ParseFromArray(data, static_cast<int>(size))) return 0;
  const auto verified = envelope::VerifyRequest(request);
  if (verified.ok() && request.signature().size() != 64) std::abort();
  if (verified.ok() && request.vantage_key().size() != 32) std::abort();
  envelope::ReadPayload(envelope::PayloadOf(request));
  // A relay that sends the request back as if it were the answer.
  v1::SubmitBatchResponse response;
  response.set_receipt(envelope::PayloadOf(request));
  response.set_signature(request.signature());
  if (envelope::VerifyReceipt({}, request, response).ok()) std::abort();
  return 0;
}
