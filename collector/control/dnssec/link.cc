// SPDX-License-Identifier: Apache-2.0
#include "collector/control/dnssec/link.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "collector/control/dnssec/wire_writer.h"
#include "proto/dns/constants.h"

namespace taster::control::dnssec {
namespace {

// Sets of one section while it is read.
class SectionSets {
 public:
  void Add(dns::Name owner, const dns::RecordView& record, std::string rdata) {
    if (record.type == dns::kTypeRrsig) {
      signatures_.emplace_back(std::move(owner), std::move(rdata));
      return;
    }
    Rrset& set = SetOf(owner, record.type);
    set.rr_ttl = record.rr_ttl;
    set.rdata.push_back(std::move(rdata));
  }

  // False when a signature is none.
  bool Finish(std::vector<Rrset>* finished) {
    std::ranges::sort(signatures_);
    const auto repeated = std::ranges::unique(signatures_);
    signatures_.erase(repeated.begin(), repeated.end());
    for (const auto& [owner, rdata] : signatures_) {
      auto signature = ReadSignature(rdata);
      if (!signature) return false;
      for (Rrset& set : sets_) {
        if (set.owner == owner && set.type == signature->covered) {
          set.rr_ttl = signature->original_ttl;
          set.signatures.push_back(*std::move(signature));
          break;
        }
      }
    }
    for (Rrset& set : sets_) {
      std::ranges::sort(set.rdata);
      const auto same = std::ranges::unique(set.rdata);
      set.rdata.erase(same.begin(), same.end());
    }
    std::ranges::sort(sets_, [](const Rrset& left, const Rrset& right) {
      return std::tie(left.owner, left.type) <
             std::tie(right.owner, right.type);
    });
    *finished = std::move(sets_);
    return true;
  }

 private:
  Rrset& SetOf(const dns::Name& owner, std::uint16_t type) {
    for (Rrset& set : sets_) {
      if (set.owner == owner && set.type == type) return set;
    }
    sets_.push_back({.owner = owner, .type = type});
    return sets_.back();
  }

  std::vector<Rrset> sets_;
  std::vector<std::pair<dns::Name, std::string>> signatures_;  // RDATA.
};

// Whether a record of the authority section can prove an absence.
bool Denies(const dns::RecordView& record, std::string_view rdata) {
  const auto proves = [](std::uint16_t type) {
    return type == dns::kTypeSoa || type == dns::kTypeNsec ||
           type == dns::kTypeNsec3;
  };
  if (record.type != dns::kTypeRrsig) return proves(record.type);
  const auto signature = ReadSignature(rdata);
  return signature && proves(signature->covered);
}

bool ReadSections(std::span<const std::uint8_t> message,
                  dns::MessageReader* reader, Link* link) {
  SectionSets answer;
  SectionSets authority;
  while (const auto record = reader->NextRecord()) {
    if (record->section == dns::Section::kAdditional) continue;
    if (record->rclass != dns::kClassIn) return false;
    auto rdata = CanonicalRdata(message, *record);
    if (!rdata) return false;
    dns::Name owner = record->owner.ToName().Lower();
    if (record->section == dns::Section::kAnswer) {
      answer.Add(std::move(owner), *record, *std::move(rdata));
    } else if (Denies(*record, *rdata)) {
      authority.Add(std::move(owner), *record, *std::move(rdata));
    }
  }
  return reader->defect() == dns::Defect::kNone &&
         answer.Finish(&link->answer) && authority.Finish(&link->authority);
}

void WriteRecord(const Rrset& set, std::uint16_t type, std::string_view rdata,
                 std::string* message) {
  Append(set.owner.wire(), message);
  Append16(type, message);
  Append16(dns::kClassIn, message);
  Append32(set.rr_ttl, message);
  Append16(static_cast<std::uint16_t>(rdata.size()), message);
  message->append(rdata);
}

// Returns how many records it wrote.
std::uint16_t WriteSets(const std::vector<Rrset>& sets, std::string* message) {
  std::uint16_t count = 0;
  for (const Rrset& set : sets) {
    for (const std::string& rdata : set.rdata) {
      WriteRecord(set, set.type, rdata, message);
      ++count;
    }
    for (const Signature& signature : set.signatures) {
      WriteRecord(set, dns::kTypeRrsig, WriteSignature(signature, true),
                  message);
      ++count;
    }
  }
  return count;
}

}  // namespace

std::optional<Link> ReadLink(std::span<const std::uint8_t> message) {
  dns::MessageReader reader(message);
  if (reader.defect() != dns::Defect::kNone) return std::nullopt;
  const dns::Header header = reader.header();
  const auto question = reader.NextQuestion();
  if (!question || header.qdcount != 1 || !header.Has(dns::kFlagQr) ||
      header.Has(dns::kFlagTc) || header.opcode() != 0 ||
      question->qclass != dns::kClassIn) {
    return std::nullopt;
  }
  Link link{.qname = question->qname.ToName().Lower(),
            .qtype = question->qtype,
            .rcode = header.rcode()};
  if (reader.NextQuestion()) return std::nullopt;
  if (!ReadSections(message, &reader, &link)) return std::nullopt;
  return link;
}

std::string WriteLink(const Link& link) {
  std::string records;
  const std::uint16_t answers = WriteSets(link.answer, &records);
  const std::uint16_t authorities = WriteSets(link.authority, &records);
  std::string message;
  Append16(0, &message);
  Append16(dns::kFlagQr | dns::kFlagRd | dns::kFlagRa | link.rcode, &message);
  Append16(1, &message);
  Append16(answers, &message);
  Append16(authorities, &message);
  Append16(0, &message);
  Append(link.qname.wire(), &message);
  Append16(link.qtype, &message);
  Append16(dns::kClassIn, &message);
  return message + records;
}

const Rrset* FindRrset(const std::vector<Rrset>& sets, const dns::Name& owner,
                       std::uint16_t type) {
  for (const Rrset& set : sets) {
    if (set.owner == owner && set.type == type) return &set;
  }
  return nullptr;
}

}  // namespace taster::control::dnssec
