// SPDX-License-Identifier: Apache-2.0
// Takes fields off the front of one record's RDATA.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "proto/dns/message_reader.h"

namespace taster::dns {

// Never reads outside the RDATA, except that a name's compression pointers may
// lead back into the message. The message must outlive the cursor.
class RdataCursor {
 public:
  // REQUIRES: `record` was read from `message`.
  RdataCursor(std::span<const std::uint8_t> message, const RecordView& record)
      : message_(message),
        at_(record.rdata_offset),
        end_(at_ + record.rdata.size()) {}
  // Over bytes that hold no compressed names.
  explicit RdataCursor(std::span<const std::uint8_t> bytes)
      : message_(bytes), end_(bytes.size()) {}

  bool empty() const { return at_ == end_; }

  // Each gives nullopt, and takes nothing, when too little is left.
  std::optional<std::uint8_t> Take8();
  std::optional<std::uint16_t> Take16();
  std::optional<std::uint32_t> Take32();
  std::optional<std::span<const std::uint8_t>> TakeBytes(std::size_t count);
  // A length byte and as many bytes (RFC 1035 section 3.3); without the former.
  std::optional<std::span<const std::uint8_t>> TakeString();
  std::optional<Name> TakeName();
  std::span<const std::uint8_t> TakeRest();

 private:
  std::span<const std::uint8_t> message_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
};

}  // namespace taster::dns
