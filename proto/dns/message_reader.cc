// SPDX-License-Identifier: Apache-2.0
// The cursor over a hostile message.
#include "proto/dns/message_reader.h"

#include <algorithm>
#include <array>

#include "proto/dns/constants.h"
#include "proto/dns/name_walk.h"

namespace taster::dns {
namespace {

// No transport carries a longer message (RFC 1035 section 4.2.2).
constexpr std::size_t kMaxMessageBytes = 65535;

constexpr std::size_t kQuestionTailBytes = 4;  // QTYPE, QCLASS.
constexpr std::size_t kRecordHeadBytes = 10;   // TYPE, CLASS, TTL, RDLENGTH.

constexpr std::uint8_t ToLower(std::uint8_t byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<std::uint8_t>(byte + 32)
                                    : byte;
}

// RFC 1035 section 3.4.1, RFC 3596 section 2.2. Other classes give the same
// numbers other meanings.
bool LengthFitsType(std::uint16_t type, std::uint16_t rclass,
                    std::size_t length) {
  if (rclass != kClassIn) return true;
  if (type == kTypeA) return length == 4;
  if (type == kTypeAaaa) return length == 16;
  return true;
}

}  // namespace

std::string_view ToString(Defect defect) {
  constexpr std::array<std::string_view, 13> kTexts = {
      "none",
      "short_header",
      "truncated_name",
      "bad_label_type",
      "bad_pointer",
      "pointer_chain",
      "long_name",
      "truncated_question",
      "truncated_record",
      "bad_rdata_length",
      "bad_svcb",
      "too_many_records",
      "trailing_bytes",
  };
  const auto index = static_cast<std::size_t>(defect);
  return index < kTexts.size() ? kTexts[index] : "unknown";
}

bool NameView::IsPointerTo(std::uint16_t target) const {
  if (message_.size() < 2 || offset_ > message_.size() - 2) return false;
  return message_[offset_] == (0xc0 | target >> 8) &&
         message_[offset_ + 1u] == (target & 0xff);
}

Name NameView::ToName() const {
  std::array<std::uint8_t, Name::kMaxBytes> wire;
  std::size_t size = 0;
  const auto walk =
      WalkName(message_, offset_, [&](std::size_t at, std::size_t length) {
        const auto label = message_.subspan(at - 1, length + 1);
        std::copy(label.begin(), label.end(), wire.begin() + size);
        size += label.size();
      });
  if (walk.defect != Defect::kNone) return Name();
  wire[size++] = 0;
  return Name::FromWire(std::span(wire).first(size)).value_or(Name());
}

bool NameView::Equals(const Name& other) const {
  const auto wire = other.wire();
  std::size_t compared = 0;
  bool same = true;
  const auto walk =
      WalkName(message_, offset_, [&](std::size_t at, std::size_t length) {
        // The length byte too: it is never a letter.
        const auto label = message_.subspan(at - 1, length + 1);
        same = same && wire.size() - compared > label.size() &&
               std::equal(label.begin(), label.end(), wire.begin() + compared,
                          [](std::uint8_t left, std::uint8_t right) {
                            return ToLower(left) == ToLower(right);
                          });
        compared += same ? label.size() : 0;
      });
  return walk.defect == Defect::kNone && same && compared + 1 == wire.size();
}

MessageReader::MessageReader(std::span<const std::uint8_t> message)
    : message_(message.first(std::min(message.size(), kMaxMessageBytes))) {
  if (message_.size() < kHeaderBytes) {
    defect_ = Defect::kShortHeader;
    return;
  }
  header_ = {Read16(0), Read16(2), Read16(4), Read16(6), Read16(8), Read16(10)};
  questions_left_ = header_.qdcount;
  cursor_ = kHeaderBytes;
}

std::optional<QuestionView> MessageReader::NextQuestion() {
  if (questions_left_ == 0 || defect_ != Defect::kNone) return {};
  const auto tail = SkipName(cursor_, &defect_);
  if (!tail) return {};
  if (message_.size() - *tail < kQuestionTailBytes) {
    defect_ = Defect::kTruncatedQuestion;
    return {};
  }
  const QuestionView question{NameView(message_, cursor_), Read16(*tail),
                              Read16(*tail + 2u)};
  cursor_ = static_cast<std::uint16_t>(*tail + kQuestionTailBytes);
  --questions_left_;
  return question;
}

std::optional<RecordView> MessageReader::NextRecord() {
  while (NextQuestion()) {
  }
  if (!ExpectsRecord()) return {};
  const auto head = SkipName(cursor_, &defect_);
  if (!head) return {};
  const std::size_t room = message_.size() - *head;
  const std::size_t length =
      room < kRecordHeadBytes ? 0 : std::size_t{Read16(*head + 8u)};
  if (room < kRecordHeadBytes + length) {
    defect_ = Defect::kTruncatedRecord;
    return {};
  }
  RecordView record;
  record.section = NextSection();
  record.owner = NameView(message_, cursor_);
  record.type = Read16(*head);
  record.rclass = Read16(*head + 2u);
  record.rr_ttl = std::uint32_t{Read16(*head + 4u)} << 16 | Read16(*head + 6u);
  record.rdata_offset = static_cast<std::uint16_t>(*head + kRecordHeadBytes);
  record.rdata = message_.subspan(record.rdata_offset, length);
  if (!LengthFitsType(record.type, record.rclass, length)) {
    defect_ = Defect::kBadRdataLength;
    return {};
  }
  ++records_read_;
  rdata_begin_ = record.rdata_offset;
  cursor_ = static_cast<std::uint16_t>(record.rdata_offset + length);
  return record;
}

bool MessageReader::ExpectsRecord() {
  if (defect_ != Defect::kNone) return false;
  const std::uint32_t announced =
      std::uint32_t{header_.ancount} + header_.nscount + header_.arcount;
  if (records_read_ == announced) {
    if (cursor_ != message_.size()) defect_ = Defect::kTrailingBytes;
    return false;
  }
  if (records_read_ == kMaxRecords) defect_ = Defect::kTooManyRecords;
  return defect_ == Defect::kNone;
}

Section MessageReader::NextSection() const {
  if (records_read_ < header_.ancount) return Section::kAnswer;
  const std::uint32_t additional =
      std::uint32_t{header_.ancount} + header_.nscount;
  return records_read_ < additional ? Section::kAuthority
                                    : Section::kAdditional;
}

std::optional<NameView> MessageReader::NameAt(std::uint16_t at) const {
  if (at < rdata_begin_ || at >= cursor_) return {};
  Defect ignored = Defect::kNone;
  const auto end = SkipName(at, &ignored);
  if (!end || *end > cursor_) return {};
  return NameView(message_, at);
}

std::optional<std::uint16_t> MessageReader::SkipName(std::uint16_t at,
                                                     Defect* why) const {
  const auto walk = WalkName(message_, at, [](std::size_t, std::size_t) {});
  if (walk.defect != Defect::kNone) {
    *why = walk.defect;
    return {};
  }
  return static_cast<std::uint16_t>(walk.end);
}

}  // namespace taster::dns
