// SPDX-License-Identifier: Apache-2.0
// OPT and SVCB records with something amiss inside. A reader passes them on
// as they are: only a length that leaves the message is its business.
#include <array>
#include <utility>

#include "tests/unit/proto/dns/hostile_messages.h"
#include "tests/unit/proto/dns/message_writer.h"

namespace taster::dns {
namespace {

constexpr const char* kQname = "www.example.com";

// Owner, TYPE, payload size, extended rcode and flags, RDLENGTH.
void OptHead(std::size_t rdlength, MessageWriter* writer) {
  writer->U8(0).U16(kTypeOpt).U16(1232).U32(0x8000).U16(
      static_cast<unsigned>(rdlength));
}

void AddOpt(const std::string& name, const std::vector<std::uint8_t>& rdata,
            std::vector<HostileMessage>* all) {
  MessageWriter writer({.questions = 1, .additionals = 1});
  writer.Question(kQname);
  OptHead(rdata.size(), &writer);
  writer.Bytes(rdata);
  all->push_back({name, writer.bytes(), Defect::kNone, 1, 1});
}

void AddPlacement(std::vector<HostileMessage>* all) {
  MessageWriter twice({.questions = 1, .additionals = 2});
  twice.Question(kQname);
  OptHead(0, &twice);
  OptHead(0, &twice);
  all->push_back({"opt_twice", twice.bytes(), Defect::kNone, 1, 2});
  MessageWriter answer({.questions = 1, .answers = 1});
  answer.Question(kQname);
  OptHead(0, &answer);
  all->push_back({"opt_in_answer", answer.bytes(), Defect::kNone, 1, 1});
  MessageWriter owner({.questions = 1, .additionals = 1});
  owner.Question(kQname).Pointer(12).U16(kTypeOpt).U16(512).U32(0).U16(0);
  all->push_back({"opt_owner_not_root", owner.bytes(), Defect::kNone, 1, 1});
  MessageWriter cut({.questions = 1, .additionals = 1});
  cut.Question(kQname);
  OptHead(100, &cut);
  cut.U16(3).U16(4).U32(0);
  all->push_back(
      {"opt_rdlength_past_end", cut.bytes(), Defect::kTruncatedRecord, 1});
}

void AddOptions(std::vector<HostileMessage>* all) {
  AddOpt("option_length_lies", {0, 3, 0, 200, 'x'}, all);
  AddOpt("option_head_cut", {0, 3, 0}, all);
  AddOpt("option_nsid_terminal_escape", {0, 3, 0, 4, 0x1b, '[', '2', 'J'}, all);
  AddOpt("option_client_subnet", {0, 8, 0, 8, 0, 1, 32, 0, 203, 0, 113, 9},
         all);
  AddOpt("option_client_subnet_family_9", {0, 8, 0, 4, 0, 9, 0, 0}, all);
  AddOpt("option_client_subnet_long", {0, 8, 0, 5, 0, 1, 0, 0, 1}, all);
  AddOpt("option_cookie", {0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8}, all);
  AddOpt("option_ede_cut", {0, 15, 0, 1, 0}, all);
  AddOpt("option_ede_blocked", {0, 15, 0, 4, 0, 15, 'h', 'i'}, all);
  std::vector<std::uint8_t> many;
  for (int i = 0; i < 4000; ++i) many.insert(many.end(), {0, 12, 0, 0});
  AddOpt("options_4000", many, all);
  std::vector<std::uint8_t> text = {0, 15, 0xea, 0x62, 0, 15};
  text.resize(text.size() + 60000, 'A');
  AddOpt("option_ede_text_60000", text, all);
}

void AddSvcb(std::vector<HostileMessage>* all) {
  using Rdata = std::vector<std::uint8_t>;
  const std::pair<const char*, Rdata> cases[] = {
      {"https_alias", {0, 0, 0}},
      {"https_hint_of_3", {0, 1, 0, 0, 4, 0, 3, 1, 2, 3}},
      {"https_hint_empty", {0, 1, 0, 0, 4, 0, 0}},
      {"https_hint_length_lies", {0, 1, 0, 0, 4, 0, 9, 1, 2, 3, 4}},
      {"https_keys_descend",
       {0, 1, 0, 0, 4, 0, 4, 1, 2, 3, 4, 0, 3, 0, 2, 1, 187}},
      {"https_key_twice", {0, 1, 0, 0, 3, 0, 2, 1, 187, 0, 3, 0, 2, 1, 187}},
      {"https_target_cut", {0, 1, 3, 'w'}},
      {"https_target_compressed", {0, 1, 0xc0, 12}},
      {"https_empty", {}},
  };
  for (const auto& [name, rdata] : cases) {
    MessageWriter writer({.questions = 1, .answers = 1});
    writer.Question(kQname, kTypeHttps).Record(kTypeHttps, rdata);
    all->push_back({name, writer.bytes(), Defect::kNone, 1, 1});
  }
}

}  // namespace

std::vector<HostileMessage> MakeHostileOptions() {
  std::vector<HostileMessage> all;
  AddPlacement(&all);
  AddOptions(&all);
  AddSvcb(&all);
  return all;
}

}  // namespace taster::dns
