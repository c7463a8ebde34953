// SPDX-License-Identifier: Apache-2.0
// Checks single fields of a measurement and remembers the first that fails.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>

#include "collector/store/judged_batch.h"
#include "proto/net/bytes_of.h"
#include "proto/net/endpoint.h"
#include "taster/v1/collection.pb.h"
#include "taster/v1/measurement.pb.h"

namespace taster::ingest {

using net::BytesOf;

bool IsLoopback(const net::IpAddress& address);

// One for each measurement. Every check returns a usable value even when it
// fails; the caller looks at ok() before it believes any.
class FieldChecks {
 public:
  bool ok() const { return reason_ == v1::REFUSE_REASON_UNSPECIFIED; }
  v1::RefuseReason reason() const { return reason_; }
  // Path of the first field that failed; never its value.
  const std::string& field() const { return field_; }

  // Keeps the first refusal only.
  void Refuse(v1::RefuseReason reason, const std::string& field);

  // Zero is "unspecified" in every enum of the protocol, and never accepted.
  int Enum(const std::string& field, int value, bool (*is_valid)(int));
  std::uint32_t UpTo(const std::string& field, std::uint32_t value,
                     std::uint32_t most);
  void AtMost(const std::string& field, int count, int most);
  net::IpAddress Address(const std::string& field, const std::string& bytes);
  net::Endpoint Endpoint(const std::string& field, const v1::Endpoint& value);
  // Between the years 2000 and 2100.
  store::Time Time(const std::string& field, bool present,
                   const google::protobuf::Timestamp& value);
  // Between zero and `most`.
  std::chrono::microseconds Duration(const std::string& field, bool present,
                                     const google::protobuf::Duration& value,
                                     std::chrono::microseconds most);

 private:
  v1::RefuseReason reason_ = v1::REFUSE_REASON_UNSPECIFIED;
  std::string field_;
};

}  // namespace taster::ingest
