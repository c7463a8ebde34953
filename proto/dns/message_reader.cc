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

constexpr std::uint8_t ToLower(std::uint8_t byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<std::uint8_t>(byte + 32)
                                    : byte;
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
  std::array<std::uint8_t, Name::kMaxBytes> wire{};
  std::size_t size = 0;
  const auto walk =
      WalkName(message_, offset_, [&](std::size_t at, std::size_t length) {
        const auto label = message_.subspan(at - 1, length + 1);
        std::copy(label.begin(), label.end(), wire.data() + size);
        size += label.size();
      });
  if (walk.defect != Defect::kNone) return Name();
  wire[size++] = 0;
  return Name::FromWire(std::span(wire).first(size)).value_or(Name());
}

bool NameView::Equals(const Name& other) const {
  auto rest = other.wire();
  bool same = true;
  const auto walk =
      WalkName(message_, offset_, [&](std::size_t at, std::size_t length) {
        // The length byte too: it is never a letter.
        const auto label = message_.subspan(at - 1, length + 1);
        same = same && rest.size() > label.size() &&
               std::equal(label.begin(), label.end(), rest.begin(),
                          [](std::uint8_t left, std::uint8_t right) {
                            return ToLower(left) == ToLower(right);
                          });
        if (same) rest = rest.subspan(label.size());
      });
  return walk.defect == Defect::kNone && same && rest.size() == 1;
}

MessageReader::MessageReader(std::span<const std::uint8_t> message)
    : message_(message.first(std::min(message.size(), kMaxMessageBytes))) {
  if (message_.size() < kHeaderBytes) {
    defect_ = Defect::kShortHeader;
    return;
  }
  const std::uint8_t* const at = message_.data();
  header_ = {Load16(at),     Load16(at + 2), Load16(at + 4),
             Load16(at + 6), Load16(at + 8), Load16(at + 10)};
  questions_left_ = header_.qdcount;
  records_left_ = std::min<std::uint32_t>(
      std::uint32_t{header_.ancount} + header_.nscount + header_.arcount,
      kMaxRecords);
  cursor_ = kHeaderBytes;
}

std::optional<QuestionView> MessageReader::NextQuestion() {
  if (questions_left_ == 0 || defect_ != Defect::kNone) return {};
  if (header_.qdcount - questions_left_ == kMaxQuestions) {
    return Fail(Defect::kTooManyRecords);
  }
  const auto tail = SkipName(cursor_, &defect_);
  if (!tail) return {};
  if (message_.size() - *tail < kQuestionTailBytes) {
    return Fail(Defect::kTruncatedQuestion);
  }
  // The first question's name: before it there is only the header, too short
  // to hold as many pointers as would make one more a chain.
  if (cursor_ == kHeaderBytes) known_target_ = kHeaderBytes;
  const std::uint8_t* const at = message_.data() + *tail;
  const QuestionView question{NameView(message_, cursor_), Load16(at),
                              Load16(at + 2)};
  cursor_ = static_cast<std::uint16_t>(*tail + kQuestionTailBytes);
  --questions_left_;
  return question;
}

std::size_t MessageReader::SkipOwner() {
  const std::uint8_t* const at = message_.data() + cursor_;
  // Nearly every owner name is c00c, or points to the alias just read.
  if (message_.size() - cursor_ >= 2 && known_target_ != 0 &&
      Load16(at) == (0xc000 | known_target_)) {
    return cursor_ + 2u;
  }
  return WalkOwner();
}

Section MessageReader::NextSection() const {
  if (records_read_ < header_.ancount) return Section::kAnswer;
  return records_read_ < std::uint32_t{header_.ancount} + header_.nscount
             ? Section::kAuthority
             : Section::kAdditional;
}

std::optional<RecordView> MessageReader::NextRecord() {
  if (records_left_ == 0 || questions_left_ != 0 || defect_ != Defect::kNone) {
    if (!ExpectsRecord()) return {};
  }
  const std::size_t head = SkipOwner();
  if (head == 0) return {};
  const std::size_t room = message_.size() - head;
  if (room < kRecordHeadBytes) return Fail(Defect::kTruncatedRecord);
  const std::uint8_t* const at = message_.data() + head;
  const std::uint16_t type = Load16(at);
  const std::uint16_t rclass = Load16(at + 2);
  const std::size_t length = Load16(at + 8);
  if (room - kRecordHeadBytes < length) return Fail(Defect::kTruncatedRecord);
  // RFC 1035 section 3.4.1, RFC 3596 section 2.2. Other classes give these
  // numbers other meanings.
  if (rclass == kClassIn && ((type == kTypeA && length != 4) ||
                             (type == kTypeAaaa && length != 16))) {
    return Fail(Defect::kBadRdataLength);
  }
  const RecordView record{NextSection(),
                          NameView(message_, cursor_),
                          type,
                          rclass,
                          std::uint32_t{Load16(at + 4)} << 16 | Load16(at + 6),
                          static_cast<std::uint16_t>(head + kRecordHeadBytes),
                          {at + kRecordHeadBytes, length}};
  ++records_read_;
  --records_left_;
  rdata_begin_ = record.rdata_offset;
  cursor_ = static_cast<std::uint16_t>(rdata_begin_ + length);
  return record;
}

std::size_t MessageReader::WalkOwner() {
  const auto end = SkipName(cursor_, &defect_);
  if (!end) return 0;
  const std::uint8_t* const at = message_.data() + cursor_;
  if (*at >= 0xc0) known_target_ = Load16(at) & 0x3fff;
  return *end;
}

bool MessageReader::ExpectsRecord() {
  while (questions_left_ != 0 && NextQuestion()) {
  }
  if (defect_ != Defect::kNone) return false;
  if (records_left_ != 0) return true;
  const std::uint32_t announced =
      std::uint32_t{header_.ancount} + header_.nscount + header_.arcount;
  if (records_read_ != announced) {
    defect_ = Defect::kTooManyRecords;
  } else if (cursor_ != message_.size()) {
    defect_ = Defect::kTrailingBytes;
  }
  return false;
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
