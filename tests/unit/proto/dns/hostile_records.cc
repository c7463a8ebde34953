// SPDX-License-Identifier: Apache-2.0
// Records that are cut, mis-sized, circular, or meant to cost work.
#include <array>

#include "tests/unit/proto/dns/hostile_messages.h"
#include "tests/unit/proto/dns/message_writer.h"

namespace taster::dns {
namespace {

constexpr std::array<std::uint8_t, 4> kAddress = {192, 0, 2, 1};
constexpr const char* kQname = "www.example.com";

MessageWriter Answered(int answers) {
  MessageWriter writer(
      {.questions = 1, .answers = static_cast<std::uint16_t>(answers)});
  writer.Question(kQname);
  return writer;
}

void AddCuts(std::vector<HostileMessage>* all) {
  for (const std::size_t kept : {0u, 1u, 2u, 4u, 8u, 9u}) {
    auto writer = Answered(1);
    writer.Record(kTypeA, kAddress);
    auto bytes = writer.bytes();
    bytes.resize(bytes.size() - 14 + kept);
    all->push_back({"record_head_cut_to_" + std::to_string(kept), bytes,
                    Defect::kTruncatedRecord, 1});
  }
  for (const std::size_t rdlength : {5u, 255u, 65535u}) {
    auto writer = Answered(1);
    writer.Pointer(12).RecordHead(kTypeTxt, rdlength).Bytes(kAddress);
    all->push_back({"rdlength_past_end_" + std::to_string(rdlength),
                    writer.bytes(), Defect::kTruncatedRecord, 1});
  }
}

void AddSizes(std::vector<HostileMessage>* all) {
  const auto add = [&](const std::string& name, unsigned type,
                       std::size_t size) {
    auto writer = Answered(2);
    writer.Record(kTypeA, kAddress).Pointer(12).RecordHead(type, size);
    writer.Fill(size, 1);
    all->push_back({name + std::to_string(size), writer.bytes(),
                    Defect::kBadRdataLength, 1, 1});
  };
  for (const std::size_t size : {0u, 3u, 5u, 16u}) add("a_of_", kTypeA, size);
  for (const std::size_t size : {0u, 4u, 15u, 17u})
    add("aaaa_of_", kTypeAaaa, size);
  auto chaos = Answered(1);
  chaos.Pointer(12).U16(kTypeA).U16(3).U32(60).U16(3).Fill(3, 1);
  all->push_back({"a_of_3_in_class_ch", chaos.bytes(), Defect::kNone, 1, 1});
  for (const unsigned type : {kTypeCname, kTypeSoa, kTypeMx, kTypeTxt}) {
    auto writer = Answered(1);
    writer.Pointer(12).RecordHead(type, 0);
    all->push_back({"empty_rdata_type_" + std::to_string(type), writer.bytes(),
                    Defect::kNone, 1, 1});
  }
}

void AddTtls(std::vector<HostileMessage>* all) {
  for (const std::uint32_t ttl : {0u, 0x7fffffffu, 0x80000000u, 0xffffffffu}) {
    auto writer = Answered(1);
    writer.Pointer(12).U16(kTypeA).U16(kClassIn).U32(ttl).U16(4);
    writer.Bytes(kAddress);
    all->push_back(
        {"ttl_" + std::to_string(ttl), writer.bytes(), Defect::kNone, 1, 1});
  }
}

void AddAliases(std::vector<HostileMessage>* all) {
  auto self = Answered(1);
  self.Pointer(12).RecordHead(kTypeCname, 2).Pointer(12);
  all->push_back({"cname_to_itself", self.bytes(), Defect::kNone, 1, 1});
  auto loop = Answered(2);
  loop.Pointer(12).RecordHead(kTypeCname, 3).DomainName("b");
  loop.DomainName("b").RecordHead(kTypeCname, 2).Pointer(12);
  all->push_back({"cname_loop", loop.bytes(), Defect::kNone, 1, 2});
  auto chain = Answered(64);
  std::size_t owner = 12;
  for (int i = 0; i < 64; ++i) {
    const std::string label(1, static_cast<char>('a' + i % 26));
    chain.Pointer(owner).RecordHead(kTypeCname, 3);
    owner = chain.size();
    chain.DomainName(label);
  }
  all->push_back({"cname_chain_64", chain.bytes(), Defect::kNone, 1, 64});
  auto dname = Answered(1);
  dname.DomainName("example.com").RecordHead(kTypeDname, 13);
  dname.DomainName("example.net");
  all->push_back({"dname", dname.bytes(), Defect::kNone, 1, 1});
  auto outside = Answered(1);
  outside.Pointer(12).RecordHead(kTypeCname, 2).U8(3).U8('c');
  all->push_back({"cname_leaves_rdata", outside.bytes(), Defect::kNone, 1, 1});
  auto forward = Answered(1);
  forward.Pointer(12).RecordHead(kTypeCname, 2).Pointer(0x3fff);
  all->push_back(
      {"cname_points_past_end", forward.bytes(), Defect::kNone, 1, 1});
}

// Opaque here; they are work for whoever validates.
void AddSignatures(std::vector<HostileMessage>* all) {
  MessageWriter tsig({.questions = 1, .additionals = 3});
  tsig.Question(kQname);
  for (int i = 0; i < 3; ++i) {
    tsig.U8(0).U16(kTypeTsig).U16(255).U32(0).U16(0);
  }
  all->push_back({"tsig_three_times", tsig.bytes(), Defect::kNone, 1, 3});
  auto keys = Answered(60);
  for (int i = 0; i < 60; ++i) {
    keys.Pointer(12).RecordHead(48, 8).U16(257).U8(3).U8(13).U32(1);
  }
  all->push_back({"dnskey_colliding_60", keys.bytes(), Defect::kNone, 1, 60});
  auto nsec3 = Answered(1);
  nsec3.Pointer(12).RecordHead(50, 6).U8(1).U8(0).U16(2500).U8(0).U8(0);
  all->push_back({"nsec3_2500_iterations", nsec3.bytes(), Defect::kNone, 1, 1});
  auto text = Answered(1);
  text.Pointer(12).RecordHead(kTypeTxt, 2).U8(200).U8('x');
  all->push_back({"txt_string_past_rdata", text.bytes(), Defect::kNone, 1, 1});
}

}  // namespace

std::vector<HostileMessage> MakeHostileRecords() {
  std::vector<HostileMessage> all;
  AddCuts(&all);
  AddSizes(&all);
  AddTtls(&all);
  AddAliases(&all);
  AddSignatures(&all);
  return all;
}

}  // namespace taster::dns
