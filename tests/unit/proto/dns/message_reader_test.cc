// SPDX-License-Identifier: Apache-2.0
#include "proto/dns/message_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "tests/unit/proto/dns/message_writer.h"

namespace taster::dns {
namespace {

using ::testing::ElementsAre;

constexpr std::array<std::uint8_t, 4> kV4 = {192, 0, 2, 1};
constexpr std::array<std::uint8_t, 16> kV6 = {0x20, 0x01, 0x0d, 0xb8};

// An alias, an address in each section, a type that nobody knows.
MessageWriter Rich() {
  MessageWriter writer(
      {.questions = 1, .answers = 2, .authorities = 1, .additionals = 2});
  writer.Question("WwW.example.COM");
  writer.Pointer(12).RecordHead(kTypeCname, 6).Label("cdn").Pointer(16);
  writer.Pointer(12 + 17 + 4 + 12).RecordHead(kTypeA, 4).Bytes(kV4);
  writer.DomainName("example.com").RecordHead(4711, 3).Fill(3, 7);
  writer.Pointer(12).RecordHead(kTypeAaaa, 16).Bytes(kV6);
  writer.U8(0).U16(kTypeOpt).U16(1232).U32(0x8000).U16(0);
  return writer;
}

TEST(MessageReader, ReadsHeader) {
  const auto writer = Rich();
  const MessageReader reader(writer.bytes());
  EXPECT_EQ(reader.header().id, 0x1234);
  EXPECT_EQ(reader.header().flags, 0x8180);
  EXPECT_EQ(reader.header().opcode(), 0);
  EXPECT_EQ(reader.header().rcode(), 0);
  EXPECT_TRUE(reader.header().Has(kFlagQr));
  EXPECT_FALSE(reader.header().Has(kFlagAa));
  EXPECT_EQ(reader.header().ancount, 2);
  EXPECT_EQ(reader.header().nscount, 1);
  EXPECT_EQ(reader.header().arcount, 2);
  const auto odd = MessageWriter({}, 0xfc0f).bytes();
  EXPECT_EQ(MessageReader(odd).header().opcode(), 15);
  EXPECT_EQ(MessageReader(odd).header().rcode(), 15);
}

TEST(MessageReader, ReadsQuestion) {
  const auto writer = Rich();
  MessageReader reader(writer.bytes());
  const auto question = reader.NextQuestion();
  ASSERT_TRUE(question);
  EXPECT_EQ(question->qname.offset(), 12);
  EXPECT_EQ(question->qname.ToName().ToText(), "www.example.com.");
  EXPECT_EQ(question->qname.ToName().wire()[1], 'W');
  EXPECT_EQ(question->qtype, kTypeA);
  EXPECT_EQ(question->qclass, kClassIn);
  EXPECT_FALSE(reader.NextQuestion());
}

TEST(MessageReader, ReadsRecordsOfEverySection) {
  const auto writer = Rich();
  MessageReader reader(writer.bytes());
  while (reader.NextQuestion()) {
  }
  std::vector<RecordView> records;
  while (const auto record = reader.NextRecord()) records.push_back(*record);
  ASSERT_EQ(records.size(), 5u);
  EXPECT_EQ(reader.defect(), Defect::kNone);
  EXPECT_EQ(records[0].section, Section::kAnswer);
  EXPECT_EQ(records[1].section, Section::kAnswer);
  EXPECT_EQ(records[2].section, Section::kAuthority);
  EXPECT_EQ(records[3].section, Section::kAdditional);
  EXPECT_EQ(records[4].section, Section::kAdditional);
  EXPECT_EQ(records[1].owner.ToName().ToText(), "cdn.example.com.");
  EXPECT_EQ(records[1].rr_ttl, 60u);
  EXPECT_THAT(records[1].rdata, ElementsAre(192, 0, 2, 1));
  EXPECT_EQ(records[2].type, 4711);
  EXPECT_EQ(records[3].rdata.size(), 16u);
  EXPECT_EQ(records[4].rclass, 1232);
  EXPECT_EQ(records[4].rr_ttl, 0x8000u);
}

TEST(MessageReader, SkipsQuestionsThatNobodyReads) {
  const auto writer = Rich();
  MessageReader reader(writer.bytes());
  const auto record = reader.NextRecord();
  ASSERT_TRUE(record);
  EXPECT_EQ(record->type, kTypeCname);
}

TEST(MessageReader, GivesNoRecordAfterDefectiveQuestion) {
  MessageWriter writer({.questions = 1, .answers = 1});
  writer.U8(0x80).U32(0).Record(kTypeA, kV4);
  MessageReader reader(writer.bytes());
  EXPECT_FALSE(reader.NextQuestion());
  EXPECT_FALSE(reader.NextRecord());
  EXPECT_EQ(reader.defect(), Defect::kBadLabelType);
}

TEST(MessageReader, TellsPointersFromNames) {
  const auto writer = Rich();
  MessageReader reader(writer.bytes());
  const auto question = reader.NextQuestion();
  EXPECT_FALSE(question->qname.IsPointerTo(12));
  const auto record = reader.NextRecord();
  EXPECT_TRUE(record->owner.IsPointerTo(12));
  EXPECT_FALSE(record->owner.IsPointerTo(13));
  EXPECT_FALSE(NameView().IsPointerTo(12));
}

TEST(MessageReader, ComparesNamesInPlace) {
  const auto writer = Rich();
  MessageReader reader(writer.bytes());
  const auto qname = reader.NextQuestion()->qname;
  EXPECT_TRUE(qname.Equals(*Name::Parse("www.EXAMPLE.com")));
  EXPECT_FALSE(qname.Equals(*Name::Parse("ww.example.com")));
  EXPECT_FALSE(qname.Equals(*Name::Parse("www.example.co")));
  EXPECT_FALSE(qname.Equals(*Name::Parse("www.example.com.cn")));
  EXPECT_FALSE(qname.Equals(*Name::Parse("www.example")));
  EXPECT_FALSE(qname.Equals(Name()));
  EXPECT_FALSE(NameView().Equals(Name()));
}

TEST(MessageReader, FindsNamesInRdata) {
  const auto writer = Rich();
  MessageReader reader(writer.bytes());
  EXPECT_FALSE(reader.NameAt(12));  // No record yet.
  const auto alias = reader.NextRecord();
  const auto target = reader.NameAt(alias->rdata_offset);
  ASSERT_TRUE(target);
  EXPECT_EQ(target->ToName().ToText(), "cdn.example.com.");
  EXPECT_FALSE(reader.NameAt(12));  // Not in this RDATA.
  const auto address = reader.NextRecord();
  EXPECT_FALSE(reader.NameAt(address->rdata_offset));  // c0 00 is a loop.
  EXPECT_FALSE(reader.NameAt(alias->rdata_offset));    // No longer the last.
}

TEST(MessageReader, NameMustEndWithinRdata) {
  MessageWriter writer({.questions = 1, .answers = 2});
  writer.Question("a.example");
  // The name runs one byte into the next record, whose owner is the root.
  writer.Pointer(12).RecordHead(kTypeCname, 4).Label("cdn");
  writer.U8(0).RecordHead(kTypeA, 4).Bytes(kV4);
  MessageReader reader(writer.bytes());
  const auto alias = reader.NextRecord();
  EXPECT_FALSE(reader.NameAt(alias->rdata_offset));
  EXPECT_TRUE(reader.NextRecord());
  EXPECT_EQ(reader.defect(), Defect::kNone);
}

TEST(MessageReader, EveryDefectHasItsText) {
  EXPECT_EQ(ToString(Defect::kNone), "none");
  EXPECT_EQ(ToString(Defect::kBadPointer), "bad_pointer");
  EXPECT_EQ(ToString(Defect::kBadSvcb), "bad_svcb");
  EXPECT_EQ(ToString(Defect::kTrailingBytes), "trailing_bytes");
  EXPECT_EQ(ToString(static_cast<Defect>(200)), "unknown");
}

}  // namespace
}  // namespace taster::dns
