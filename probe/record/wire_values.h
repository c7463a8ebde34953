// SPDX-License-Identifier: Apache-2.0
// What the engine tells, as the wire types say it.
#pragma once

#include <chrono>

#include "probe/capture/witness.h"
#include "proto/net/endpoint.h"
#include "taster/v1/measurement.pb.h"

namespace taster::record {

void SetEndpoint(const net::Endpoint& from, v1::Endpoint* to);
// A negative duration, which stepping clocks can make, becomes zero.
void SetDuration(std::chrono::microseconds from,
                 google::protobuf::Duration* to);
void SetTime(std::chrono::sys_time<std::chrono::microseconds> from,
             google::protobuf::Timestamp* to);
void SetResponse(const capture::Arrived& from, v1::Response* to);
void SetIcmp(const capture::IcmpArrived& from, v1::IcmpError* to);
// With the chain where something is wrong with it, up to the limits that the
// protocol sets.
void SetStream(const capture::StreamFacts& from, v1::StreamFacts* to);

}  // namespace taster::record
