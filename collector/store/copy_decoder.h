// SPDX-License-Identifier: Apache-2.0
// Rows of COPY TO in PostgreSQL's binary format, field by field.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "collector/store/judged_batch.h"
#include "proto/envelope/batch_id.h"
#include "proto/net/ip_address.h"

namespace taster::store {

// Takes the fields of one row from the left. What is not as the type wants it
// (or missing) makes `ok` false and gives an empty value. A field that may be
// NULL is asked for by its optional form only.
class CopyDecoder {
 public:
  // `message`: one CopyData message, which for the first row begins with the
  // stream's header. Must outlive the decoder and what Text and Bytes give.
  explicit CopyDecoder(std::string_view message);

  // The message is the trailer, or a header without a row.
  bool is_end() const { return end_; }
  bool ok() const { return ok_; }

  // int2, int4 or int8.
  std::int64_t Integer() { return OptionalInteger().value_or(0); }
  std::optional<std::int64_t> OptionalInteger();
  std::optional<bool> OptionalBool();
  // text or bytea.
  std::string_view Bytes() { return Next().value_or(std::string_view()); }
  std::optional<std::string_view> OptionalBytes() { return Next(); }
  envelope::BatchId Uuid();
  std::optional<net::IpAddress> OptionalInet();
  Time TimestampTz();
  // Months are not taken.
  std::chrono::microseconds Interval();

 private:
  // nullopt: NULL, or nothing left.
  std::optional<std::string_view> Next();

  std::string_view rest_;
  int fields_ = 0;  // Left.
  bool ok_ = true;
  bool end_ = false;
};

}  // namespace taster::store
