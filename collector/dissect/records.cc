// SPDX-License-Identifier: Apache-2.0
// Keeps of each record what a rule may ask for.
#include "collector/dissect/records.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "proto/dns/constants.h"
#include "proto/dns/svcb.h"

namespace taster::dissect {
namespace {

using dns::Defect;
using dns::RecordView;
using judge::Observation;

// False when the RDATA is malformed.
bool AddAlias(const dns::MessageReader& reader, const RecordView& record,
              Observation* observation) {
  const auto target = reader.NameAt(record.rdata_offset);
  if (!target) return false;
  observation->aliases.push_back(target->ToName());
  return true;
}

// What stood before a defect in the parameters counts. False then.
bool AddHints(const RecordView& record, Observation* observation) {
  dns::SvcbHints hints;
  const bool well_formed = dns::ReadSvcb(record.rdata, &hints);
  for (const net::IpAddress& address : hints.addresses) {
    observation->addresses.push_back({address, record.rr_ttl, record.type});
  }
  if (hints.addresses.empty()) ++observation->other_records;
  return well_formed;
}

Defect AddAnswer(const dns::MessageReader& reader, const RecordView& record,
                 Observation* observation) {
  if (!observation->owner_is_pointer) {
    observation->owner_is_pointer = record.owner.IsPointerTo(dns::kHeaderBytes);
  }
  observation->rr_ttl =
      std::min(observation->rr_ttl.value_or(record.rr_ttl), record.rr_ttl);
  if (record.rclass != dns::kClassIn) {
    ++observation->other_records;
    return Defect::kNone;
  }
  switch (record.type) {
    case dns::kTypeA:
    case dns::kTypeAaaa:
      // The reader has checked the length.
      observation->addresses.push_back(
          {*net::IpAddress::FromBytes(record.rdata), record.rr_ttl,
           record.type});
      return Defect::kNone;
    case dns::kTypeCname:
    case dns::kTypeDname:
      return AddAlias(reader, record, observation) ? Defect::kNone
                                                   : Defect::kBadRdataLength;
    case dns::kTypeSvcb:
    case dns::kTypeHttps:
      return AddHints(record, observation) ? Defect::kNone : Defect::kBadSvcb;
    default:
      ++observation->other_records;
      return Defect::kNone;
  }
}

std::uint16_t Load16(std::span<const std::uint8_t> bytes) {
  return static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]);
}

// RFC 8914 section 2: option 15, whose first two bytes are the code. An option
// that runs past the record ends the reading; what stood before it counts.
void AddExtendedErrors(std::span<const std::uint8_t> options,
                       Observation* observation) {
  constexpr std::uint16_t kExtendedError = 15;
  constexpr std::size_t kHeadBytes = 4;
  // Nobody has more to say; what is beyond is somebody's attempt to fill
  // memory.
  constexpr std::size_t kMaxCodes = 8;
  while (options.size() >= kHeadBytes) {
    const std::uint16_t code = Load16(options);
    const std::uint16_t size = Load16(options.subspan(2));
    options = options.subspan(kHeadBytes);
    if (size > options.size()) return;
    if (code == kExtendedError && size >= 2) {
      if (observation->extended_errors.size() == kMaxCodes) return;
      observation->extended_errors.push_back(Load16(options));
    }
    options = options.subspan(size);
  }
}

void AddOpt(const RecordView& record, Observation* observation) {
  observation->has_opt = true;
  AddExtendedErrors(record.rdata, observation);
  // RFC 6891 section 6.1.3: the upper eight bits of the rcode.
  const std::uint32_t rcode =
      (record.rr_ttl >> 24) << 4 | (observation->rcode & 0xfU);
  observation->rcode = static_cast<std::uint8_t>(std::min(rcode, 0xffU));
}

}  // namespace

void ReadRecords(dns::MessageReader* reader, Observation* observation) {
  while (const auto record = reader->NextRecord()) {
    if (record->section == dns::Section::kAnswer) {
      const Defect defect = AddAnswer(*reader, *record, observation);
      if (defect == Defect::kNone) continue;
      observation->defect = static_cast<std::uint8_t>(defect);
      return;
    }
    if (record->section == dns::Section::kAdditional &&
        record->type == dns::kTypeOpt) {
      AddOpt(*record, observation);
    }
  }
  observation->defect = static_cast<std::uint8_t>(reader->defect());
}

}  // namespace taster::dissect
