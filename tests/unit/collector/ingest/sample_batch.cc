// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/collector/ingest/sample_batch.h"

#include <array>
#include <cstdint>

#include "proto/envelope/receipt.h"
#include "proto/net/bytes_of.h"

namespace taster::ingest {
namespace {

constexpr char kQuestion[] = "\7example\3com\0\0\1\0\1";

std::string Bytes(const char* bytes, std::size_t size) { return {bytes, size}; }

}  // namespace

std::string SampleQuery() {
  return Bytes("\x12\x34\x01\x00\0\1\0\0\0\0\0\0", 12) +
         Bytes(kQuestion, sizeof(kQuestion) - 1);
}

std::string SampleReply() {
  return Bytes("\x12\x34\x81\x80\0\1\0\1\0\0\0\0", 12) +
         Bytes(kQuestion, sizeof(kQuestion) - 1) +
         Bytes("\xc0\x0c\0\1\0\1\0\0\1\x2c\0\4\xc0\0\2\1", 16);
}

v1::Measurement SampleMeasurement() {
  v1::Measurement measurement;
  measurement.set_question_role(v1::QUESTION_ROLE_TARGET);
  measurement.set_query(SampleQuery());
  measurement.mutable_server()->set_address(Bytes("\xc6\x33\x64\x35", 4));
  measurement.mutable_server()->set_port(53);
  measurement.set_server_kind(v1::SERVER_KIND_RECURSIVE);
  measurement.set_transport(v1::TRANSPORT_UDP);
  measurement.mutable_query_time()->set_seconds(
      kNow.time_since_epoch().count());
  measurement.mutable_window()->set_seconds(5);
  measurement.set_source_port(40'000);
  measurement.set_outcome(v1::OUTCOME_RESPONSE);
  v1::Response* response = measurement.add_responses();
  response->set_message(SampleReply());
  response->mutable_arrival_offset()->set_nanos(21'000'000);
  *response->mutable_source() = measurement.server();
  response->set_ip_ttl(61);
  return measurement;
}

v1::Batch SampleBatch(int count) {
  v1::Batch batch;
  const auto id =
      envelope::BatchId::Make(std::chrono::floor<std::chrono::days>(kNow));
  batch.set_batch_id(id.bytes.data(), id.bytes.size());
  batch.set_software("test/1");
  batch.set_target_list("local");
  for (int i = 0; i < count; ++i) {
    *batch.add_measurements() = SampleMeasurement();
  }
  return batch;
}

envelope::BatchId IdOf(const v1::Batch& batch) {
  return envelope::BatchId::FromBytes(net::BytesOf(batch.batch_id())).value();
}

const envelope::SigningKey& SampleKey() {
  static const envelope::SigningKey key = [] {
    envelope::Initialise();
    envelope::Secret seed{};
    seed.fill(7);
    return envelope::SigningKey::FromSeed(seed);
  }();
  return key;
}

v1::SubmitBatchRequest SampleRequest(const v1::Batch& batch) {
  return envelope::SignRequest(SampleKey(), IdOf(batch),
                               batch.SerializeAsString());
}

}  // namespace taster::ingest
