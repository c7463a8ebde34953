// SPDX-License-Identifier: Apache-2.0
// Names that are too long, cut, of unknown label type, or full of odd octets.
#include <string_view>

#include "tests/unit/proto/dns/hostile_messages.h"
#include "tests/unit/proto/dns/message_writer.h"

namespace taster::dns {
namespace {

MessageWriter Asked() { return MessageWriter({.questions = 1}); }

// `labels` of `length` octets each, without the root.
void Labels(int labels, std::size_t length, MessageWriter* writer) {
  for (int i = 0; i < labels; ++i) writer->Label(std::string(length, 'a'));
}

void AddQuestion(const std::string& name, MessageWriter writer, Defect defect,
                 std::vector<HostileMessage>* all) {
  writer.U8(0).U16(kTypeA).U16(kClassIn);
  all->push_back(
      {name, writer.bytes(), defect, defect == Defect::kNone ? 1 : 0});
}

void AddLengths(std::vector<HostileMessage>* all) {
  auto writer = Asked();
  AddQuestion("root", writer, Defect::kNone, all);
  Labels(1, 63, &writer);
  AddQuestion("label_63", writer, Defect::kNone, all);
  Labels(2, 63, &writer);
  Labels(1, 61, &writer);
  AddQuestion("name_255", writer, Defect::kNone, all);
  writer = Asked();
  Labels(3, 63, &writer);
  Labels(1, 62, &writer);
  AddQuestion("name_256", writer, Defect::kLongName, all);
  writer = Asked();
  Labels(127, 1, &writer);
  AddQuestion("labels_127", writer, Defect::kNone, all);
  Labels(1, 1, &writer);
  AddQuestion("labels_128", writer, Defect::kLongName, all);
  writer = Asked();
  Labels(1000, 63, &writer);
  AddQuestion("name_64000", writer, Defect::kLongName, all);
}

void AddLabelTypes(std::vector<HostileMessage>* all) {
  for (const int type : {0x40, 0x41, 0x7f, 0x80, 0xbf}) {
    auto writer = Asked();
    writer.Label("www").U8(static_cast<std::uint8_t>(type)).Fill(200, 'a');
    AddQuestion("label_type_" + std::to_string(type), writer,
                Defect::kBadLabelType, all);
  }
}

void AddCuts(std::vector<HostileMessage>* all) {
  auto writer = Asked();
  writer.Label("www");
  all->push_back({"name_without_end", writer.bytes(), Defect::kTruncatedName});
  writer.U8(9).U8('e');
  all->push_back({"label_past_end", writer.bytes(), Defect::kTruncatedName});
  writer = Asked();
  writer.U8(63);
  all->push_back(
      {"label_length_alone", writer.bytes(), Defect::kTruncatedName});
  writer = Asked();
  writer.DomainName("www.example.com");
  all->push_back(
      {"question_without_type", writer.bytes(), Defect::kTruncatedQuestion});
  writer.U16(kTypeA).U8(0);
  all->push_back(
      {"question_class_cut", writer.bytes(), Defect::kTruncatedQuestion});
}

void AddOctets(std::vector<HostileMessage>* all) {
  using std::string_view_literals::operator""sv;
  const std::pair<const char*, std::string_view> cases[] = {
      {"octet_nul", "a\0b"sv},
      {"octet_dot", "a.b"sv},
      {"octet_space", "a b"sv},
      {"octet_ff", "\xff\xff"sv},
      {"octet_escape_sequence", "\x1b[2J\x1b]0;x\x07"sv},
      {"octet_newline", "a\r\nb"sv},
      {"octet_script", "<script>alert(1)</script>"sv},
      {"octet_bidi",
       "\xe2\x80\xae"
       "com"sv},
      {"octet_quote", "'; DROP TABLE x; --"sv},
      {"octet_backslash", "\\\\\""sv},
  };
  for (const auto& [name, label] : cases) {
    auto writer = Asked();
    writer.Label(label).Label("example");
    AddQuestion(name, writer, Defect::kNone, all);
  }
}

}  // namespace

std::vector<HostileMessage> MakeHostileNames() {
  std::vector<HostileMessage> all;
  AddLengths(&all);
  AddLabelTypes(&all);
  AddCuts(&all);
  AddOctets(&all);
  return all;
}

}  // namespace taster::dns
