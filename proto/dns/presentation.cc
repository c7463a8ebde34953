// SPDX-License-Identifier: Apache-2.0
// A whole message as text.
#include "proto/dns/presentation.h"

#include <array>
#include <utility>

#include "proto/dns/constants.h"
#include "proto/dns/message_reader.h"
#include "proto/dns/name_text.h"
#include "proto/dns/rdata_text.h"

namespace taster::dns {
namespace {

std::string OpcodeToText(std::uint8_t opcode) {
  constexpr std::array<std::string_view, 7> kOpcodes = {
      "QUERY", "IQUERY", "STATUS", "OPCODE3", "NOTIFY", "UPDATE", "DSO"};
  if (opcode < kOpcodes.size()) return std::string(kOpcodes[opcode]);
  return "OPCODE" + std::to_string(opcode);
}

std::string ClassToText(std::uint16_t rclass) {
  switch (rclass) {
    case kClassIn:
      return "IN";
    case 3:
      return "CH";
    case 4:
      return "HS";
    case 254:
      return "NONE";
    case 255:
      return "ANY";
    default:
      return "CLASS" + std::to_string(rclass);
  }
}

void AppendHeader(const Header& header, std::string* text) {
  // 0x0040 is the one bit that is still reserved.
  constexpr std::array<std::pair<std::uint16_t, std::string_view>, 8> kFlags = {
      {{kFlagQr, " qr"},
       {kFlagAa, " aa"},
       {kFlagTc, " tc"},
       {kFlagRd, " rd"},
       {kFlagRa, " ra"},
       {0x0040, " z"},
       {kFlagAd, " ad"},
       {kFlagCd, " cd"}}};
  *text += ";; ->>HEADER<<- opcode: " + OpcodeToText(header.opcode()) +
           ", rcode: " + RcodeToText(header.rcode()) +
           ", id: " + std::to_string(header.id) + "\n;; flags:";
  for (const auto& [flag, mnemonic] : kFlags) {
    if (header.Has(flag)) *text += mnemonic;
  }
  *text += "; QUERY: " + std::to_string(header.qdcount) +
           ", ANSWER: " + std::to_string(header.ancount) +
           ", AUTHORITY: " + std::to_string(header.nscount) +
           ", ADDITIONAL: " + std::to_string(header.arcount) + '\n';
}

void AppendQuestions(MessageReader* reader, std::string* text) {
  bool first = true;
  while (const auto question = reader->NextQuestion()) {
    if (std::exchange(first, false)) *text += ";; QUESTION SECTION:\n";
    *text += ';';
    AppendNameText(question->qname.ToName().wire(), text);
    *text += '\t' + ClassToText(question->qclass) + '\t' +
             TypeToText(question->qtype) + '\n';
  }
}

std::string_view HeadingOf(Section section) {
  switch (section) {
    case Section::kAnswer:
      return ";; ANSWER SECTION:\n";
    case Section::kAuthority:
      return ";; AUTHORITY SECTION:\n";
    case Section::kAdditional:
      return ";; ADDITIONAL SECTION:\n";
  }
  return "";
}

// False when the RDATA is malformed for its type.
bool AppendRecord(std::span<const std::uint8_t> message,
                  const RecordView& record, std::string* text) {
  if (record.type == kTypeOpt) {
    *text += ";; OPT PSEUDOSECTION:\n";
    return AppendOpt(record, text);
  }
  AppendNameText(record.owner.ToName().wire(), text);
  *text += '\t' + std::to_string(record.rr_ttl) + '\t' +
           ClassToText(record.rclass) + '\t' + TypeToText(record.type) + '\t';
  const bool whole = AppendRdata(message, record, text);
  *text += '\n';
  return whole;
}

// Appends every record and returns what was malformed about the first whose
// RDATA does not fit its type; empty when there was none.
std::string AppendRecords(std::span<const std::uint8_t> message,
                          MessageReader* reader, std::string* text) {
  std::string malformed;
  std::optional<Section> section;
  for (int number = 1; const auto record = reader->NextRecord(); ++number) {
    if (section != record->section) *text += HeadingOf(record->section);
    section = record->section;
    if (AppendRecord(message, *record, text) || !malformed.empty()) continue;
    malformed = "RDATA of record " + std::to_string(number) + " (" +
                TypeToText(record->type) + ')';
  }
  return malformed;
}

}  // namespace

std::string MessageToText(std::span<const std::uint8_t> message) {
  MessageReader reader(message);
  std::string text;
  std::string malformed;
  if (reader.defect() == Defect::kNone) {
    AppendHeader(reader.header(), &text);
    AppendQuestions(&reader, &text);
    malformed = AppendRecords(message, &reader, &text);
  }
  if (reader.defect() != Defect::kNone) {
    if (!malformed.empty()) malformed += ", ";
    malformed += ToString(reader.defect());
  }
  if (!malformed.empty()) text += ";; malformed: " + malformed + '\n';
  return text;
}

}  // namespace taster::dns
