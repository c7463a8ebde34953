// SPDX-License-Identifier: Apache-2.0
// Header, question and fit of a reply; the query it is held against.
#include "collector/dissect/dissect.h"

#include <algorithm>
#include <utility>

#include "collector/dissect/records.h"
#include "proto/dns/constants.h"
#include "proto/dns/message_reader.h"

namespace taster::dissect {
namespace {

using judge::Asked;
using judge::Fit;
using judge::Observation;

constexpr std::uint8_t kOpcodeQuery = 0;

// How the echoed question compares with the one that was asked.
enum class Echo : std::uint8_t { kOther, kSame, kExact };

// Reads the question section of `reader`, all of it.
Echo CompareQuestion(std::span<const std::uint8_t> message, const Asked& asked,
                     dns::MessageReader* reader) {
  const auto question = reader->NextQuestion();
  if (!question || reader->header().qdcount != 1) return Echo::kOther;
  if (question->qtype != asked.qtype || question->qclass != asked.qclass) {
    return Echo::kOther;
  }
  const auto sent = asked.qname.wire();
  const auto echoed = message.subspan(question->qname.offset());
  if (echoed.size() >= sent.size() &&
      std::equal(sent.begin(), sent.end(), echoed.begin())) {
    return Echo::kExact;
  }
  return question->qname.Equals(asked.qname) ? Echo::kSame : Echo::kOther;
}

Fit FitOf(const dns::Header& header, Echo echo, const Arrival& arrival,
          const Asked& asked) {
  if ((header.flags & dns::kFlagQr) == 0 || header.opcode() != kOpcodeQuery) {
    return Fit::kNotAResponse;
  }
  if (asked.server && *asked.server != arrival.source) return Fit::kOtherSource;
  if (header.id != asked.query_id) return Fit::kOtherId;
  if (echo == Echo::kOther) return Fit::kOtherQuestion;
  return Fit::kMatches;
}

// The name at the front of `bytes`, which a reader has accepted; nullopt when
// it is compressed.
std::optional<dns::Name> PlainName(std::span<const std::uint8_t> bytes) {
  std::size_t at = 0;
  while (bytes[at] != 0) {
    if (bytes[at] > dns::Name::kMaxLabelBytes) return {};
    at += bytes[at] + 1u;
  }
  return dns::Name::FromWire(bytes.first(at + 1));
}

}  // namespace

bool DissectQuery(std::span<const std::uint8_t> query, Asked* asked) {
  dns::MessageReader reader(query);
  if (reader.defect() != dns::Defect::kNone) return false;
  const dns::Header& header = reader.header();
  if (header.Has(dns::kFlagQr) || header.opcode() != kOpcodeQuery ||
      header.qdcount != 1) {
    return false;
  }
  const auto question = reader.NextQuestion();
  if (!question) return false;
  bool has_opt = false;
  while (const auto record = reader.NextRecord()) {
    has_opt = has_opt || record->type == dns::kTypeOpt;
  }
  if (reader.defect() != dns::Defect::kNone) return false;
  auto plain = PlainName(query.subspan(question->qname.offset()));
  asked->qname = plain ? *std::move(plain) : question->qname.ToName();
  asked->qtype = question->qtype;
  asked->qclass = question->qclass;
  asked->query_id = header.id;
  asked->query_flags = header.flags;
  asked->query_has_opt = has_opt;
  return true;
}

Observation Dissect(std::span<const std::uint8_t> message,
                    const Arrival& arrival, const Asked& asked) {
  Observation observation;
  observation.arrival_offset = arrival.offset;
  observation.source = arrival.source;
  observation.ip_ttl = arrival.ip_ttl;
  observation.dont_fragment = arrival.dont_fragment;
  observation.ip_id_zero = arrival.ip_id_zero;
  dns::MessageReader reader(message);
  if (reader.defect() != dns::Defect::kNone) {
    observation.fit = Fit::kNotAResponse;
    observation.defect = static_cast<std::uint8_t>(reader.defect());
    return observation;
  }
  const dns::Header& header = reader.header();
  const Echo echo = CompareQuestion(message, asked, &reader);
  observation.fit = FitOf(header, echo, arrival, asked);
  observation.flags = header.flags;
  observation.rcode = header.rcode();
  observation.case_preserved = echo == Echo::kExact;
  observation.answer_count = header.ancount;
  observation.authority_count = header.nscount;
  observation.additional_count = header.arcount;
  ReadRecords(&reader, &observation);
  return observation;
}

}  // namespace taster::dissect
