// SPDX-License-Identifier: Apache-2.0
// Headers that lie about what follows, and headers with nothing behind them.
#include <array>

#include "tests/unit/proto/dns/hostile_messages.h"
#include "tests/unit/proto/dns/message_writer.h"

namespace taster::dns {
namespace {

constexpr std::array<std::uint8_t, 4> kAddress = {192, 0, 2, 1};
// For private use (RFC 6895 section 3.1).
constexpr unsigned kTypePrivate = 65280;
constexpr const char* kQname = "www.example.com";

// A question and one answer under a header of choice.
std::vector<std::uint8_t> OneAnswer(MessageWriter::Counts counts,
                                    unsigned flags = 0x8180) {
  MessageWriter writer(counts, static_cast<std::uint16_t>(flags));
  writer.Question(kQname).Record(kTypeA, kAddress);
  return writer.bytes();
}

void AddLengths(std::vector<HostileMessage>* all) {
  for (const std::size_t size : {0u, 1u, 2u, 11u}) {
    all->push_back({"length_" + std::to_string(size),
                    std::vector<std::uint8_t>(size), Defect::kShortHeader});
  }
  all->push_back(
      {"length_12_nothing_announced", MessageWriter({.questions = 0}).bytes()});
  all->push_back({"length_12_question_announced",
                  MessageWriter({.questions = 1}).bytes(),
                  Defect::kTruncatedName});
  // As long as a message can be. Of an unknown type: ldns, which reads
  // the same message, would allocate 64 KiB for each empty string of a TXT.
  MessageWriter longest({.questions = 1, .answers = 1});
  longest.Question(kQname, kTypePrivate);
  const std::size_t rdlength = 65535 - longest.size() - 12;
  longest.Pointer(kHeaderBytes).RecordHead(kTypePrivate, rdlength);
  longest.Fill(rdlength, 0);
  all->push_back({"length_65535", longest.bytes(), Defect::kNone, 1, 1});
}

void AddCounts(std::vector<HostileMessage>* all) {
  MessageWriter unasked({.questions = 0, .answers = 1});
  unasked.DomainName(kQname).RecordHead(kTypeA, 4).Bytes(kAddress);
  all->push_back({"qdcount_0", unasked.bytes(), Defect::kNone, 0, 1});
  MessageWriter twice({.questions = 2, .answers = 1});
  twice.Question(kQname).Question("other.example").Record(kTypeA, kAddress);
  all->push_back({"qdcount_2", twice.bytes(), Defect::kNone, 2, 1});
  // The first answer is taken for questions: name, then TYPE and CLASS.
  all->push_back({"qdcount_65535", OneAnswer({.questions = 65535}),
                  Defect::kTruncatedName, 3});
  all->push_back({"ancount_65535", OneAnswer({.answers = 65535}),
                  Defect::kTruncatedName, 1, 1});
  all->push_back({"nscount_65535", OneAnswer({.authorities = 65535}),
                  Defect::kTruncatedName, 1, 1});
  all->push_back({"arcount_65535", OneAnswer({.additionals = 65535}),
                  Defect::kTruncatedName, 1, 1});
  all->push_back(
      {"records_announced_65535_each",
       OneAnswer(
           {.answers = 65535, .authorities = 65535, .additionals = 65535}),
       Defect::kTruncatedName, 1, 1});
  all->push_back({"ancount_0_but_one_there", OneAnswer({.answers = 0}),
                  Defect::kTrailingBytes, 1});
}

void AddManyRecords(std::vector<HostileMessage>* all) {
  for (const int count : {64, 65, 200}) {
    MessageWriter writer(
        {.questions = 1, .answers = static_cast<std::uint16_t>(count)});
    writer.Question(kQname);
    for (int i = 0; i < count; ++i) writer.Record(kTypeA, kAddress);
    all->push_back({"records_" + std::to_string(count), writer.bytes(),
                    count > 64 ? Defect::kTooManyRecords : Defect::kNone, 1,
                    64});
  }
}

void AddManyQuestions(std::vector<HostileMessage>* all) {
  for (const int count : {64, 65}) {
    MessageWriter writer({.questions = static_cast<std::uint16_t>(count)});
    for (int i = 0; i < count; ++i) writer.Question("a.test");
    all->push_back({"questions_" + std::to_string(count), writer.bytes(),
                    count > 64 ? Defect::kTooManyRecords : Defect::kNone, 64});
  }
}

void AddFlags(std::vector<HostileMessage>* all) {
  constexpr MessageWriter::Counts kOne = {.questions = 1, .answers = 1};
  const auto add = [&](const std::string& name, unsigned flags) {
    all->push_back({name, OneAnswer(kOne, flags), Defect::kNone, 1, 1});
  };
  add("not_a_response", 0x0100);
  add("opcode_notify", 0xa180);
  add("opcode_15", 0xf980);
  add("truncated_flag", 0x8380);
  add("reserved_flag", 0x81c0);
  add("every_flag", 0xffff);
  for (unsigned rcode = 1; rcode < 16; ++rcode) {
    add("rcode_" + std::to_string(rcode), 0x8180 | rcode);
  }
}

void AddTrailing(std::vector<HostileMessage>* all) {
  for (const std::size_t count : {1u, 2u, 16u, 125u, 4000u}) {
    auto bytes = OneAnswer({.questions = 1, .answers = 1});
    bytes.resize(bytes.size() + count, 0x41);
    all->push_back({"trailing_" + std::to_string(count), bytes,
                    Defect::kTrailingBytes, 1, 1});
  }
}

}  // namespace

std::vector<HostileMessage> MakeHostileHeaders() {
  std::vector<HostileMessage> all;
  AddLengths(&all);
  AddCounts(&all);
  AddManyRecords(&all);
  AddManyQuestions(&all);
  AddFlags(&all);
  AddTrailing(&all);
  return all;
}

}  // namespace taster::dns
