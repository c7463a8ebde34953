// SPDX-License-Identifier: Apache-2.0
// Writes messages byte by byte, so that tests can make every mistake.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "proto/dns/constants.h"
#include "proto/dns/name.h"

namespace taster::dns {

// Nothing is checked, and the counts of the header are whatever was asked for.
class MessageWriter {
 public:
  struct Counts {
    std::uint16_t questions = 1;
    std::uint16_t answers = 0;
    std::uint16_t authorities = 0;
    std::uint16_t additionals = 0;
  };

  // A header with id 0x1234 and flags qr, rd, ra.
  explicit MessageWriter(Counts counts, std::uint16_t flags = 0x8180) {
    U16(0x1234).U16(flags);
    U16(counts.questions).U16(counts.answers);
    U16(counts.authorities).U16(counts.additionals);
  }

  MessageWriter& U8(std::uint8_t value) {
    bytes_.push_back(value);
    return *this;
  }
  MessageWriter& U16(unsigned value) {
    return U8(static_cast<std::uint8_t>(value >> 8 & 0xff))
        .U8(static_cast<std::uint8_t>(value & 0xff));
  }
  MessageWriter& U32(std::uint32_t value) {
    return U16(value >> 16).U16(value & 0xffff);
  }
  MessageWriter& Bytes(std::span<const std::uint8_t> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  MessageWriter& Fill(std::size_t count, std::uint8_t value) {
    bytes_.insert(bytes_.end(), count, value);
    return *this;
  }
  // A label with its length byte; `length` may lie.
  MessageWriter& Label(std::string_view text) {
    U8(static_cast<std::uint8_t>(text.size()));
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    return *this;
  }
  // REQUIRES: `text` is a name.
  MessageWriter& DomainName(std::string_view text) {
    return Bytes(Name::Parse(text)->wire());
  }
  MessageWriter& Pointer(std::size_t target) {
    return U16(static_cast<unsigned>(0xc000 | target));
  }
  MessageWriter& Question(std::string_view name, unsigned type = kTypeA) {
    return DomainName(name).U16(type).U16(kClassIn);
  }
  // TYPE, CLASS IN, TTL 60 and RDLENGTH, behind an owner name.
  MessageWriter& RecordHead(unsigned type, std::size_t rdlength) {
    return U16(type).U16(kClassIn).U32(60).U16(static_cast<unsigned>(rdlength));
  }
  // A whole record whose owner is a pointer to the question's name.
  MessageWriter& Record(unsigned type, std::span<const std::uint8_t> rdata) {
    return Pointer(kHeaderBytes).RecordHead(type, rdata.size()).Bytes(rdata);
  }

  std::size_t size() const { return bytes_.size(); }
  const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

}  // namespace taster::dns
