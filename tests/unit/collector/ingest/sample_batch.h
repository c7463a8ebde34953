// SPDX-License-Identifier: Apache-2.0
// A well-formed batch, for tests to spoil one field at a time.
#pragma once

#include <chrono>
#include <string>

#include "proto/envelope/batch_id.h"
#include "proto/envelope/sign.h"
#include "taster/v1/collection.pb.h"
#include "taster/v1/measurement.pb.h"

namespace taster::ingest {

// 2026-11-20 12:00:00 UTC, in every sample.
inline constexpr std::chrono::sys_seconds kNow{
    std::chrono::seconds(1'795'176'000)};

// A query for "example.com." A, RD=1, id 0x1234.
std::string SampleQuery();
// Its reply with one A record, 192.0.2.1, TTL 300.
std::string SampleReply();

// One answered measurement over UDP to 198.51.100.53:53.
v1::Measurement SampleMeasurement();

// `count` sample measurements under an id of kNow's day.
v1::Batch SampleBatch(int count = 1);

envelope::BatchId IdOf(const v1::Batch& batch);

// `batch`, signed by the sample key.
v1::SubmitBatchRequest SampleRequest(const v1::Batch& batch);
const envelope::SigningKey& SampleKey();

}  // namespace taster::ingest
