// SPDX-License-Identifier: Apache-2.0
// Reads a DNS message that somebody hostile may have written.
//
// A cursor over caller-owned bytes: no allocation, no recursion, every access
// bounds-checked, work bounded by the size of the message (compression
// pointers must point strictly backwards, at most 128 of them per name, names
// at most 255 bytes). Nothing is interpreted twice; what is malformed is
// reported once as a Defect and reading stops there, so that what stood before
// it is still evidence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "proto/dns/name.h"

namespace taster::dns {

// What made a message unreadable from some point on. Values are stored:
// never renumbered.
enum class Defect : std::uint8_t {
  kNone = 0,
  kShortHeader = 1,    // Fewer than 12 bytes.
  kTruncatedName = 2,  // A name runs past the end.
  kBadLabelType = 3,   // Label type 0x40 or 0x80.
  kBadPointer = 4,     // Compression pointer not strictly backwards.
  kPointerChain = 5,   // More than 128 pointers in one name.
  kLongName = 6,       // More than 255 bytes.
  kTruncatedQuestion = 7,
  kTruncatedRecord = 8,  // Record header or RDATA runs past the end.
  kBadRdataLength = 9,   // RDLENGTH does not fit the type (A: 4, AAAA: 16).
  kBadSvcb = 10,         // SVCB/HTTPS parameters malformed.
  kTooManyRecords = 11,  // More than 64 records, or questions; the rest is
                         // not read.
  kTrailingBytes = 12,   // Bytes after the last announced record.
};

// Short stable text such as "bad_pointer".
std::string_view ToString(Defect defect);

struct Header {
  std::uint16_t id = 0;
  std::uint16_t flags = 0;  // Whole flag word, with opcode and rcode.
  std::uint16_t qdcount = 0;
  std::uint16_t ancount = 0;
  std::uint16_t nscount = 0;
  std::uint16_t arcount = 0;

  std::uint8_t opcode() const { return flags >> 11 & 0xf; }
  std::uint8_t rcode() const { return flags & 0xf; }
  bool Has(std::uint16_t flag) const { return (flags & flag) != 0; }
};

// A name inside a message: where it starts. Cheap to copy; the message's
// bytes must outlive it.
class NameView {
 public:
  NameView() = default;
  NameView(std::span<const std::uint8_t> message, std::uint16_t offset)
      : message_(message), offset_(offset) {}

  // Offset of its first byte in the message.
  std::uint16_t offset() const { return offset_; }
  // True iff its first two bytes are a compression pointer to `target`, as in
  // the owner name c00c.
  bool IsPointerTo(std::uint16_t target) const;
  // Follows pointers. REQUIRES: the reader accepted this name.
  Name ToName() const;
  // Same as ToName() == other without allocating; letter case ignored.
  bool Equals(const Name& other) const;

 private:
  std::span<const std::uint8_t> message_;
  std::uint16_t offset_ = 0;
};

struct QuestionView {
  NameView qname;
  std::uint16_t qtype = 0;
  std::uint16_t qclass = 0;
};

enum class Section : std::uint8_t { kAnswer, kAuthority, kAdditional };

struct RecordView {
  Section section = Section::kAnswer;
  NameView owner;
  std::uint16_t type = 0;
  std::uint16_t rclass = 0;  // OPT: the sender's UDP payload size.
  std::uint32_t rr_ttl = 0;  // Seconds. OPT: extended rcode and flags.
  std::uint16_t rdata_offset = 0;
  std::span<const std::uint8_t> rdata;
};

class MessageReader {
 public:
  static constexpr std::size_t kMaxRecords = 64;
  // One is usual (RFC 9619); without a limit, questions that are all pointers
  // to a long chain would cost far more work than they have bytes.
  static constexpr int kMaxQuestions = 64;

  // `message` must outlive the reader and every view it gives.
  explicit MessageReader(std::span<const std::uint8_t> message);

  // Undefined unless defect() is not kShortHeader.
  const Header& header() const { return header_; }

  // The next question, then nullopt. Call until nullopt before NextRecord.
  std::optional<QuestionView> NextQuestion();
  // The next record in message order, then nullopt. Nullopt at once when the
  // question section was defective.
  std::optional<RecordView> NextRecord();

  // What stopped the reading; kNone while all is well.
  Defect defect() const { return defect_; }

  // The name in the RDATA of the record that NextRecord gave last (CNAME, NS,
  // MX after its preference): when `at` is the offset in the message of a
  // well-formed name that starts and ends within that RDATA.
  std::optional<NameView> NameAt(std::uint16_t at) const;

 private:
  static constexpr std::size_t kRecordHeadBytes = 10;

  // Walks one name. Returns the offset behind it in the message, or nullopt
  // with the reason in `why`.
  std::optional<std::uint16_t> SkipName(std::uint16_t at, Defect* why) const;
  // Offset behind the owner name at the cursor; 0 after a defect.
  std::size_t SkipOwner();
  // SkipOwner without its shortcut; remembers where the name pointed.
  std::size_t WalkOwner();
  // Whether one more record was announced and may be read; sets what is amiss
  // when none may. Reads the questions that nobody asked for.
  bool ExpectsRecord();
  Section NextSection() const;
  std::nullopt_t Fail(Defect defect) {
    defect_ = defect;
    return std::nullopt;
  }
  // Two bytes in network order at `at`, which must be bytes of the message.
  static std::uint16_t Load16(const std::uint8_t* at) {
    return static_cast<std::uint16_t>(at[0] << 8 | at[1]);
  }

  std::span<const std::uint8_t> message_;
  Header header_;
  Defect defect_ = Defect::kNone;
  std::uint16_t cursor_ = 0;
  // RDATA of the last record: from here to `cursor_`. Past every offset until
  // there was a record.
  std::uint16_t rdata_begin_ = 0xffff;
  // A name at this offset was accepted behind a pointer, so that it need not
  // be walked again for the next record that points there; 0 for none.
  std::uint16_t known_target_ = 0;
  std::uint16_t questions_left_ = 0;
  std::uint32_t records_read_ = 0;
  // Announced and neither read nor beyond kMaxRecords.
  std::uint32_t records_left_ = 0;
};

}  // namespace taster::dns
