// SPDX-License-Identifier: Apache-2.0
// Reads a reply's header, question and records.
#include "probe/study/reply.h"

#include <algorithm>

#include "proto/dns/constants.h"
#include "proto/dns/message_reader.h"
#include "proto/dns/svcb.h"

namespace taster::study {
namespace {

// Name, QTYPE and QCLASS as they stand in a message whose question comes
// first and is not compressed.
std::span<const std::uint8_t> QuestionBytes(
    std::span<const std::uint8_t> message) {
  std::size_t end = dns::kHeaderBytes;
  while (end < message.size() && message[end] != 0) end += 1u + message[end];
  end += 1 + 4;
  if (end > message.size()) return {};
  return message.subspan(dns::kHeaderBytes, end - dns::kHeaderBytes);
}

void TakeAddresses(const dns::RecordView& record,
                   std::vector<net::IpAddress>* into) {
  if (record.type == dns::kTypeA || record.type == dns::kTypeAaaa) {
    const auto address = net::IpAddress::FromBytes(record.rdata);
    if (address) into->push_back(*address);
  } else if (record.type == dns::kTypeHttps) {
    dns::SvcbHints hints;
    dns::ReadSvcb(record.rdata, &hints);
    into->insert(into->end(), hints.addresses.begin(), hints.addresses.end());
  }
}

void TakeRecord(const dns::RecordView& record, Reply* reply) {
  if (record.type == dns::kTypeOpt) {
    reply->has_opt = true;
    return;
  }
  if (record.section != dns::Section::kAnswer) return;
  if (!reply->fingerprint.answers) {
    reply->fingerprint.answers = true;
    reply->fingerprint.full_owner =
        !record.owner.IsPointerTo(dns::kHeaderBytes);
    reply->rr_type = record.type;
    reply->rr_ttl = record.rr_ttl;
  }
  TakeAddresses(record, &reply->addresses);
}

}  // namespace

bool Fingerprint::SameSender(const Fingerprint& other) const {
  return dont_fragment == other.dont_fragment &&
         ip_id_zero == other.ip_id_zero && full_owner == other.full_owner &&
         answers == other.answers;
}

std::optional<Reply> ReadReply(std::span<const std::uint8_t> message,
                               std::span<const std::uint8_t> query,
                               const Carrier& carrier) {
  dns::MessageReader reader(message);
  if (reader.defect() == dns::Defect::kShortHeader) return {};
  if (!reader.NextQuestion()) return {};
  while (reader.NextQuestion()) {
  }
  Reply reply;
  reply.flags = reader.header().flags;
  reply.ip_ttl = carrier.ip_ttl;
  reply.case_kept =
      std::ranges::equal(QuestionBytes(message), QuestionBytes(query));
  reply.fingerprint.authoritative = reader.header().Has(dns::kFlagAa);
  reply.fingerprint.dont_fragment = carrier.dont_fragment;
  reply.fingerprint.ip_id_zero = carrier.ip_id_zero;
  while (const auto record = reader.NextRecord()) TakeRecord(*record, &reply);
  return reply;
}

}  // namespace taster::study
