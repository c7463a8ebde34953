// SPDX-License-Identifier: Apache-2.0
// The reader beside ldns: they agree on whether a message is well formed and
// on every record, but for the differences written down below.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "proto/dns/constants.h"
#include "proto/dns/message_reader.h"
#include "proto/dns/presentation.h"
#include "tests/unit/proto/dns/exact_bytes.h"
#include "tests/unit/proto/dns/hostile_messages.h"
#include "tests/unit/proto/dns/valid_messages.h"
// Last: it defines macros that break the standard library's headers.
#include <ldns/ldns.h>

namespace taster::dns {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Lines = std::vector<std::string>;

// How ldns takes the records that the own reader gave.
struct Oddities {
  bool refuses_owner = false;
  bool refuses_rdata = false;
  // ldns reads on behind the fields it knows, the reader behind RDLENGTH.
  bool ends_elsewhere = false;
};

struct Reading {
  Defect defect = Defect::kNone;
  ldns_status status = LDNS_STATUS_OK;
  Lines own;
  Lines theirs;
  Oddities odd;

  bool OwnAccepts() const { return defect == Defect::kNone; }
  bool LdnsAccepts() const { return status == LDNS_STATUS_OK; }
  bool Agrees() const {
    if (OwnAccepts() != LdnsAccepts()) return false;
    return !OwnAccepts() || own == theirs;
  }
};

struct Difference {
  const char* reason;
  bool (*explains)(const Reading&);
};

template <Defect kDefect>
bool OnlyLdnsAcceptsDespite(const Reading& reading) {
  return reading.defect == kDefect && reading.LdnsAccepts();
}

// Every way in which the two may disagree. README.md of proto/dns repeats it.
constexpr Difference kDifferences[] = {
    {"ldns does not look behind the last announced record",
     OnlyLdnsAcceptsDespite<Defect::kTrailingBytes>},
    {"ldns follows compression pointers forward",
     OnlyLdnsAcceptsDespite<Defect::kBadPointer>},
    {"ldns follows 65,535 pointers in one name, the reader 128",
     OnlyLdnsAcceptsDespite<Defect::kPointerChain>},
    {"ldns reads more than 64 records",
     OnlyLdnsAcceptsDespite<Defect::kTooManyRecords>},
    {"ldns takes an address record with empty or too long RDATA",
     OnlyLdnsAcceptsDespite<Defect::kBadRdataLength>},
    {"ldns refuses a pointer to the first byte of the message",
     [](const Reading& reading) {
       return reading.odd.refuses_owner && !reading.LdnsAccepts();
     }},
    {"ldns decodes RDATA and refuses the message for it; to the reader RDATA "
     "other than an IN address is opaque",
     [](const Reading& reading) {
       return reading.odd.refuses_rdata && !reading.LdnsAccepts();
     }},
    {"ldns reads on behind the RDATA fields it knows, the reader behind "
     "RDLENGTH",
     [](const Reading& reading) { return reading.odd.ends_elsewhere; }},
};

std::string ToLine(int section, const Name& owner, unsigned type,
                   unsigned rclass, std::uint32_t ttl) {
  return std::to_string(section) + ' ' + owner.ToText() + ' ' +
         std::to_string(type) + ' ' + std::to_string(rclass) + ' ' +
         std::to_string(ttl);
}

// Lets ldns read one record where the own reader found it.
void NoteOddities(std::span<const std::uint8_t> message,
                  const RecordView& record, Oddities* odd) {
  ldns_rdf* owner = nullptr;
  std::size_t at = record.owner.offset();
  if (ldns_wire2dname(&owner, message.data(), message.size(), &at) !=
      LDNS_STATUS_OK) {
    odd->refuses_owner = true;
    return;
  }
  ldns_rdf_deep_free(owner);
  ldns_rr* rr = nullptr;
  at = record.owner.offset();
  if (ldns_wire2rr(&rr, message.data(), message.size(), &at,
                   LDNS_SECTION_ANSWER) != LDNS_STATUS_OK) {
    odd->refuses_rdata = true;
    return;
  }
  ldns_rr_free(rr);
  if (at != record.rdata_offset + record.rdata.size()) {
    odd->ends_elsewhere = true;
  }
}

void ReadOwn(std::span<const std::uint8_t> message, Reading* reading) {
  MessageReader reader(message);
  while (const auto question = reader.NextQuestion()) {
    reading->own.push_back(ToLine(-1, question->qname.ToName(), question->qtype,
                                  question->qclass, 0));
  }
  while (const auto record = reader.NextRecord()) {
    NoteOddities(message, *record, &reading->odd);
    // ldns keeps the OPT of the additional section apart.
    if (record->section == Section::kAdditional && record->type == kTypeOpt) {
      continue;
    }
    reading->own.push_back(ToLine(static_cast<int>(record->section),
                                  record->owner.ToName(), record->type,
                                  record->rclass, record->rr_ttl));
  }
  reading->defect = reader.defect();
}

void AppendLines(int section, const ldns_rr_list* list, Lines* lines) {
  for (std::size_t i = 0; i < ldns_rr_list_rr_count(list); ++i) {
    const ldns_rr* rr = ldns_rr_list_rr(list, i);
    const ldns_rdf* owner = ldns_rr_owner(rr);
    const auto name =
        Name::FromWire({ldns_rdf_data(owner), ldns_rdf_size(owner)});
    lines->push_back(ToLine(section, name.value_or(Name()),
                            ldns_rr_get_type(rr), ldns_rr_get_class(rr),
                            section < 0 ? 0 : ldns_rr_ttl(rr)));
  }
}

void ReadLdns(std::span<const std::uint8_t> message, Reading* reading) {
  ldns_pkt* packet = nullptr;
  reading->status = ldns_wire2pkt(&packet, message.data(), message.size());
  if (!reading->LdnsAccepts()) return;
  AppendLines(-1, ldns_pkt_question(packet), &reading->theirs);
  AppendLines(0, ldns_pkt_answer(packet), &reading->theirs);
  AppendLines(1, ldns_pkt_authority(packet), &reading->theirs);
  AppendLines(2, ldns_pkt_additional(packet), &reading->theirs);
  ldns_pkt_free(packet);
}

// ldns 1.8.3 leaks when a message holds several TSIG records, so it is given
// none in which one could be found.
bool MayHoldTsig(const Bytes& bytes) {
  constexpr std::uint8_t kTsigBytes[] = {0, kTypeTsig};
  return std::search(bytes.begin(), bytes.end(), std::begin(kTsigBytes),
                     std::end(kTsigBytes)) != bytes.end();
}

// Counts by reason; "" counts agreement.
using Tally = std::map<std::string, int>;

void Compare(const Bytes& bytes, Tally* tally) {
  if (MayHoldTsig(bytes)) return;
  const ExactBytes exact(bytes);
  Reading reading;
  ReadOwn(exact.span(), &reading);
  ReadLdns(exact.span(), &reading);
  if (reading.Agrees()) {
    ++(*tally)[""];
    return;
  }
  const auto found =
      std::find_if(std::begin(kDifferences), std::end(kDifferences),
                   [&](const Difference& difference) {
                     return difference.explains(reading);
                   });
  if (found != std::end(kDifferences)) {
    ++(*tally)[found->reason];
    return;
  }
  ADD_FAILURE() << "unexplained: " << ToString(reading.defect) << " beside "
                << ldns_get_errorstr_by_id(reading.status) << '\n'
                << MessageToText(bytes) << HexDump(bytes);
}

// Changes, cuts, repeats or drops bytes.
Bytes Mutate(const Bytes& bytes, std::mt19937* random) {
  Bytes mutated = bytes;
  const auto below = [&](std::size_t limit) { return (*random)() % limit; };
  for (auto changes = 1 + below(3); changes > 0; --changes) {
    const auto at = static_cast<std::ptrdiff_t>(below(mutated.size()));
    switch (below(8)) {
      case 0:
        mutated.erase(mutated.begin() + at);
        break;
      case 1:
        mutated.insert(mutated.begin() + at, mutated[below(mutated.size())]);
        break;
      case 2:
        // A pointer, which random octets seldom are.
        mutated[static_cast<std::size_t>(at)] = 0xc0;
        break;
      default:
        mutated[static_cast<std::size_t>(at)] =
            static_cast<std::uint8_t>((*random)());
    }
  }
  if (below(16) == 0) mutated.resize(below(mutated.size()) + 1);
  return mutated;
}

TEST(Differential, ValidMessagesAreReadAlike) {
  for (const Bytes& bytes : MakeValidMessages()) {
    Tally tally;
    Compare(bytes, &tally);
    EXPECT_EQ(tally, (Tally{{"", 1}})) << MessageToText(bytes);
    EXPECT_EQ(MessageToText(bytes).find("malformed"), std::string::npos)
        << MessageToText(bytes);
  }
}

TEST(Differential, OnlyWrittenDifferences) {
  constexpr int kMutations = 25'000;
  Tally tally;
  for (const auto& message : MakeHostileMessages()) {
    Compare(message.bytes, &tally);
  }
  std::mt19937 random(9499);
  const auto valid = MakeValidMessages();
  for (int i = 0; i < kMutations; ++i) {
    Compare(Mutate(valid[random() % valid.size()], &random), &tally);
  }
  for (const Difference& difference : kDifferences) {
    EXPECT_GT(tally[difference.reason], 0) << difference.reason;
  }
  for (const auto& [reason, count] : tally) {
    std::printf("%6d %s\n", count, reason.empty() ? "agree" : reason.c_str());
  }
}

}  // namespace
}  // namespace taster::dns
