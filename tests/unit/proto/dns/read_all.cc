// SPDX-License-Identifier: Apache-2.0
// Reading, with every promise of the headers checked on the way.
#include "tests/unit/proto/dns/read_all.h"

#include <cstdio>
#include <cstdlib>

#include "proto/dns/constants.h"
#include "proto/dns/svcb.h"

namespace taster::dns {
namespace {

void Require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

void TouchName(const NameView& view) {
  const Name name = view.ToName();
  Require(name.wire().size() <= Name::kMaxBytes, "a name is 255 bytes");
  Require(view.Equals(name), "Equals agrees with ToName");
  Require(view.Equals(name.Lower()), "letter case is ignored");
  const auto parsed = Name::Parse(name.ToText());
  Require(parsed && *parsed == name, "text gives the name back");
}

void TouchRecord(std::span<const std::uint8_t> message,
                 const MessageReader& reader, const RecordView& record) {
  TouchName(record.owner);
  Require(record.rdata.data() == message.data() + record.rdata_offset,
          "rdata_offset says where RDATA is");
  Require(record.rdata_offset + record.rdata.size() <= message.size(),
          "RDATA lies inside");
  if (const auto name = reader.NameAt(record.rdata_offset)) TouchName(*name);
  Require(!reader.NameAt(static_cast<std::uint16_t>(record.rdata_offset +
                                                    record.rdata.size())),
          "no name begins behind RDATA");
  SvcbHints hints;
  ReadSvcb(record.rdata, &hints);
  Require(hints.addresses.size() <= 32, "at most 32 hints");
}

}  // namespace

ReadCounts ReadAll(std::span<const std::uint8_t> message) {
  ReadCounts counts;
  MessageReader reader(message);
  while (const auto question = reader.NextQuestion()) {
    ++counts.questions;
    TouchName(question->qname);
  }
  while (const auto record = reader.NextRecord()) {
    ++counts.records;
    TouchRecord(message, reader, *record);
  }
  Require(!reader.NextQuestion() && !reader.NextRecord(), "an end is an end");
  counts.defect = reader.defect();
  return counts;
}

}  // namespace taster::dns
