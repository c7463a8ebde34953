// SPDX-License-Identifier: Apache-2.0
// Answers, referrals, denials, queries.
#include "tests/unit/proto/dns/valid_messages.h"

#include <array>

#include "tests/unit/proto/dns/message_writer.h"

namespace taster::dns {
namespace {

constexpr const char* kQname = "www.example.com";  // 17 bytes, at offset 12.
constexpr std::array<std::uint8_t, 4> kV4 = {192, 0, 2, 1};
constexpr std::array<std::uint8_t, 16> kV6 = {0x20, 0x01, 0x0d, 0xb8};

void AddOpt(MessageWriter* writer) {
  writer->U8(0).U16(kTypeOpt).U16(1232).U32(0x8000).U16(12);
  writer->U16(3).U16(2).U8('g').U8('p');
  writer->U16(15).U16(2).U16(18);
}

MessageWriter Addresses(int count) {
  MessageWriter writer(
      {.questions = 1, .answers = static_cast<std::uint16_t>(count)});
  writer.Question(kQname);
  for (int i = 0; i < count; ++i) writer.Record(kTypeA, kV4);
  return writer;
}

MessageWriter AliasChain() {
  MessageWriter writer({.questions = 1, .answers = 3, .additionals = 1});
  writer.Question(kQname, kTypeAaaa);
  writer.Pointer(12).RecordHead(kTypeCname, 6).Label("cdn").Pointer(16);
  writer.Pointer(45).RecordHead(kTypeCname, 13).DomainName("example.net");
  writer.Pointer(63).RecordHead(kTypeAaaa, 16).Bytes(kV6);
  AddOpt(&writer);
  return writer;
}

MessageWriter Denial() {
  MessageWriter writer({.questions = 1, .authorities = 1}, 0x8183);
  writer.Question(kQname).Pointer(16).RecordHead(kTypeSoa, 29);
  writer.Label("ns").Pointer(16).Label("h").Pointer(12);
  for (std::uint32_t field = 1; field < 6; ++field) writer.U32(field << 20);
  return writer;
}

MessageWriter Referral() {
  MessageWriter writer({.questions = 1, .authorities = 2, .additionals = 3},
                       0x8000);
  writer.Question(kQname);
  writer.Pointer(16).RecordHead(kTypeNs, 6).Label("ns1").Pointer(16);
  writer.Pointer(16).RecordHead(kTypeNs, 6).Label("ns2").Pointer(16);
  writer.Pointer(45).RecordHead(kTypeA, 4).Bytes(kV4);
  writer.Pointer(45).RecordHead(kTypeAaaa, 16).Bytes(kV6);
  AddOpt(&writer);
  return writer;
}

MessageWriter MailAndText() {
  MessageWriter writer({.questions = 1, .answers = 3});
  writer.Question("example.com", 255);
  writer.Pointer(12).RecordHead(kTypeMx, 7).U16(10).Label("mx").Pointer(12);
  writer.Pointer(12).RecordHead(kTypeTxt, 8).Label("v=spf1").U8(0);
  writer.DomainName("1.2.0.192.in-addr.arpa").RecordHead(kTypePtr, 2);
  writer.Pointer(12);
  return writer;
}

MessageWriter ServiceBinding() {
  MessageWriter writer({.questions = 1, .answers = 1});
  writer.Question(kQname, kTypeHttps).Pointer(12).RecordHead(kTypeHttps, 38);
  writer.U16(1).U8(0);
  writer.U16(1).U16(3).Label("h2");
  writer.U16(4).U16(4).Bytes(kV4);
  writer.U16(6).U16(16).Bytes(kV6);
  return writer;
}

MessageWriter Signed() {
  MessageWriter writer({.questions = 1, .answers = 2}, 0x81a0);
  writer.Question(kQname).Record(kTypeA, kV4);
  writer.Pointer(12).RecordHead(kTypeRrsig, 18 + 13 + 64);
  writer.U16(kTypeA).U8(13).U8(3).U32(60).U32(1800000000).U32(1700000000);
  writer.U16(4711).DomainName("example.com").Fill(64, 0x5a);
  return writer;
}

MessageWriter Query() {
  MessageWriter writer({.questions = 1, .additionals = 1}, 0x0100);
  writer.Question(kQname).U8(0).U16(kTypeOpt).U16(1232).U32(0x8000).U16(0);
  return writer;
}

MessageWriter Unknown() {
  MessageWriter writer({.questions = 1, .answers = 2});
  writer.Question("\\000\\255.test", 65280);
  writer.Pointer(12).RecordHead(65280, 5).Fill(5, 0xc0);
  writer.U8(0).U16(65280).U16(3).U32(0xffffffff).U16(0);
  return writer;
}

}  // namespace

std::vector<std::vector<std::uint8_t>> MakeValidMessages() {
  std::vector<std::vector<std::uint8_t>> all;
  for (const auto& writer : {Addresses(0), Addresses(1), Addresses(4),
                             AliasChain(), Denial(), Referral(), MailAndText(),
                             ServiceBinding(), Signed(), Query(), Unknown()}) {
    all.push_back(writer.bytes());
  }
  return all;
}

}  // namespace taster::dns
