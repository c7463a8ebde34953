// SPDX-License-Identifier: Apache-2.0
// Compression pointers that go nowhere, in circles, or on for ever.
#include <array>

#include "tests/unit/proto/dns/hostile_messages.h"
#include "tests/unit/proto/dns/message_writer.h"

namespace taster::dns {
namespace {

constexpr std::array<std::uint8_t, 4> kAddress = {192, 0, 2, 1};
// For private use (RFC 6895 section 3.1).
constexpr unsigned kTypePrivate = 65280;
constexpr const char* kQname = "www.example.com";

void AddInQuestion(std::vector<HostileMessage>* all) {
  const auto add = [&](const std::string& name, MessageWriter writer,
                       Defect defect) {
    writer.U16(kTypeA).U16(kClassIn);
    all->push_back(
        {name, writer.bytes(), defect, defect == Defect::kNone ? 1 : 0});
  };
  const MessageWriter asked({.questions = 1});
  auto writer = asked;
  add("pointer_to_itself", writer.Pointer(12), Defect::kBadPointer);
  writer = asked;
  add("pointer_forward", writer.Pointer(14), Defect::kBadPointer);
  writer = asked;
  add("pointer_past_end", writer.Pointer(0x3fff), Defect::kBadPointer);
  writer = asked;
  add("pointer_into_its_own_name", writer.Label("a").Pointer(12),
      Defect::kBadPointer);
  // The header's ANCOUNT is 0: the root.
  writer = asked;
  add("pointer_into_header", writer.Label("a").Pointer(6), Defect::kNone);
  // The id, 0x12, is a label length; the label runs into the pointer.
  writer = asked;
  add("pointer_to_id", writer.Pointer(0), Defect::kTruncatedName);
  writer = asked;
  writer.Label("www").U8(0xc0);
  all->push_back({"pointer_cut", writer.bytes(), Defect::kTruncatedName});
}

void AddInRecords(std::vector<HostileMessage>* all) {
  MessageWriter loop({.questions = 1, .answers = 2});
  loop.Question(kQname);
  const std::size_t first = loop.size();
  // The RDATA of the first record points to the owner of the second, which
  // points back to it.
  loop.Pointer(12).RecordHead(kTypeCname, 2).Pointer(first + 14);
  loop.Pointer(first + 12).RecordHead(kTypeA, 4).Bytes(kAddress);
  all->push_back(
      {"pointer_loop_of_two", loop.bytes(), Defect::kBadPointer, 1, 1});

  MessageWriter rdata({.questions = 1, .answers = 2});
  rdata.Question(kQname).Pointer(12).RecordHead(kTypeCname, 6);
  const std::size_t alias = rdata.size();
  rdata.Label("cdn").Pointer(16);
  rdata.Pointer(alias).RecordHead(kTypeA, 4).Bytes(kAddress);
  all->push_back({"pointer_into_rdata", rdata.bytes(), Defect::kNone, 1, 2});

  // The first byte of the message is 0, so the name there is the root.
  MessageWriter first_byte({.questions = 1, .answers = 1});
  first_byte.Question(kQname).Pointer(0).RecordHead(kTypeA, 4).Bytes(kAddress);
  auto bytes = first_byte.bytes();
  bytes[0] = 0;
  all->push_back({"pointer_to_first_byte", bytes, Defect::kNone, 1, 1});

  MessageWriter label({.questions = 1, .answers = 1});
  label.Question(kQname).Pointer(14).RecordHead(kTypeA, 4).Bytes(kAddress);
  all->push_back(
      {"pointer_inside_a_label", label.bytes(), Defect::kBadLabelType, 1});
}

// A name of `pointers` pointers: all but the last stand in the RDATA of an
// unknown
// record, each pointing to the one before it.
void AddChain(unsigned pointers, Defect defect,
              std::vector<HostileMessage>* all) {
  MessageWriter writer({.questions = 1, .answers = 2});
  writer.Question(kQname).Pointer(12);
  writer.RecordHead(kTypePrivate, 2 * (pointers - 1));
  std::size_t target = 12;
  for (unsigned i = 1; i < pointers; ++i) {
    const std::size_t here = writer.size();
    writer.Pointer(target);
    target = here;
  }
  writer.Pointer(target).RecordHead(kTypeA, 4).Bytes(kAddress);
  all->push_back({"pointer_chain_" + std::to_string(pointers), writer.bytes(),
                  defect, 1, defect == Defect::kNone ? 2 : 1});
}

// An owner name of `total` bytes, most of them behind a pointer.
void AddLongThroughPointer(std::size_t total, Defect defect,
                           std::vector<HostileMessage>* all) {
  MessageWriter writer({.questions = 1, .answers = 1});
  for (int i = 0; i < 3; ++i) writer.Label(std::string(63, 'a'));
  writer.U8(0).U16(kTypeA).U16(kClassIn);
  const std::size_t behind = 3 * 64 + 1;
  writer.Label(std::string(total - behind - 1, 'b')).Pointer(12);
  writer.RecordHead(kTypeA, 4).Bytes(kAddress);
  all->push_back({"name_" + std::to_string(total) + "_through_pointer",
                  writer.bytes(), defect, 1, defect == Defect::kNone ? 1 : 0});
}

}  // namespace

std::vector<HostileMessage> MakeHostilePointers() {
  std::vector<HostileMessage> all;
  AddInQuestion(&all);
  AddInRecords(&all);
  AddChain(128, Defect::kNone, &all);
  AddChain(129, Defect::kPointerChain, &all);
  AddChain(2000, Defect::kPointerChain, &all);
  AddLongThroughPointer(255, Defect::kNone, &all);
  AddLongThroughPointer(256, Defect::kLongName, &all);
  return all;
}

}  // namespace taster::dns
