// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/collector/exchange/random_record.h"

#include <algorithm>
#include <string>

#include "collector/dissect/dissect.h"
#include "proto/net/bytes_of.h"
#include "tests/unit/proto/dns/valid_messages.h"

namespace taster::exchange {
namespace {

using judge::Asked;
using judge::Observation;

class Maker {
 public:
  Maker(Bytes bytes, std::mt19937* random)
      : has_bytes_(bytes == Bytes::kKnown), random_(*random) {}

  std::vector<Record> Set() {
    Record common;
    common.set = Chance() ? "set/" + std::to_string(Below(1000)) : "";
    common.role = Chance() ? Role::kControl : Role::kProbe;
    if (Chance()) common.network = {"CN", 4134 + Below(9)};
    std::vector<Record> records(1 + Below(4), common);
    for (std::size_t i = 0; i < records.size(); ++i) {
      records[i].id = "id \xc3\xa9\n\"/" + std::to_string(i);
      records[i].asked.ordinal = static_cast<std::uint32_t>(i + Below(3));
      records[i].time = std::chrono::sys_seconds(
          std::chrono::seconds(1'700'000'000 + Below(5000)));
      Fill(&records[i]);
    }
    return records;
  }

 private:
  std::uint32_t Below(std::uint32_t end) {
    return Number<std::uint32_t>() % end;
  }
  bool Chance() { return Below(2) == 1; }
  template <typename T>
  T Number() {
    return static_cast<T>(random_());
  }

  net::IpAddress Address() {
    if (Chance()) return net::IpAddress::FromV4(Number<std::uint32_t>());
    std::array<std::uint8_t, 16> bytes{};
    for (auto& byte : bytes) byte = Chance() ? Number<std::uint8_t>() : 0;
    return net::IpAddress::FromV6(bytes);
  }

  // Letters of both cases, and any octet.
  dns::Name Name() {
    std::string wire;
    for (auto labels = 1 + Below(4); labels > 0; --labels) {
      const auto size = 1 + Below(12);
      wire += static_cast<char>(size);
      for (std::uint32_t i = 0; i < size; ++i) {
        wire += Below(8) == 0 ? Number<char>() : "aBcDeFg-9"[Below(9)];
      }
    }
    wire += '\0';
    return *dns::Name::FromWire(net::BytesOf(wire));
  }

  std::string Query(const dns::Name& qname, std::uint16_t qtype) {
    const auto wire = qname.wire();
    std::string query{Number<char>(), Number<char>(), Number<char>(), 0};
    query[2] = static_cast<char>(query[2] & 0x07);  // No QR, no opcode.
    query += std::string("\0\1\0\0\0\0\0\0", 8);
    query.append(wire.begin(), wire.end());
    query += {static_cast<char>(qtype >> 8), static_cast<char>(qtype), 0, 1};
    return query;
  }

  // An answer to `query`, one to another, or neither.
  std::string Message(std::string query) {
    if (Below(4) == 0) {
      const auto all = dns::MakeValidMessages();
      const auto& any = all[Below(static_cast<std::uint32_t>(all.size()))];
      return {any.begin(), any.end()};
    }
    query[2] = static_cast<char>(query[2] | 0x80);
    query[3] = static_cast<char>(0x80 | Below(6));
    query[7] = 1;
    query += std::string("\xc0\x0c\0\1\0\1\0\0", 8);
    query += {Number<char>(), Number<char>(), 0, 4};
    for (int i = 0; i < 4; ++i) query += Number<char>();
    if (Below(4) == 0) query.resize(1 + Below(40));
    if (Below(4) == 0)
      query[Below(static_cast<std::uint32_t>(
          std::min<std::size_t>(query.size(), 12)))] = Number<char>();
    return query;
  }

  void Fill(Record* record) {
    constexpr std::uint16_t kTypes[] = {1, 28, 65, 16, 255, 4711};
    Asked& asked = record->asked;
    asked.role = static_cast<judge::QuestionRole>(1 + Below(2));
    asked.server_kind = static_cast<judge::ServerKind>(1 + Below(4));
    asked.transport = static_cast<judge::Transport>(1 + Below(4));
    asked.outcome = static_cast<judge::Outcome>(1 + Below(9));
    if (Chance()) {
      asked.server = {Address(), static_cast<std::uint16_t>(1 + Below(65535))};
    }
    const std::uint16_t qtype = kTypes[Below(6)];
    const dns::Name qname = Name();
    const auto replies = Below(4);
    if (has_bytes_) {
      record->query = Query(qname, qtype);
      dissect::DissectQuery(net::BytesOf(record->query), &asked);
    } else {
      asked.qname = qname;
      asked.qtype = qtype;
      asked.query_id = Number<std::uint16_t>();
      asked.query_flags = Number<std::uint16_t>();
      asked.query_has_opt = Chance();
    }
    for (std::uint32_t i = 0; i < replies; ++i) AddReply(record);
  }

  dissect::Arrival Arrival(const Asked& asked) {
    dissect::Arrival arrival;
    arrival.offset = std::chrono::microseconds(Below(5'000'000));
    if (asked.server) arrival.source = *asked.server;
    if (Below(3) == 0) arrival.source = {Address(), Number<std::uint16_t>()};
    if (Chance()) arrival.ip_ttl = Number<std::uint8_t>();
    if (Chance()) arrival.dont_fragment = Chance();
    if (Chance()) arrival.ip_id_zero = Chance();
    return arrival;
  }

  void AddReply(Record* record) {
    Asked& asked = record->asked;
    const dissect::Arrival arrival = Arrival(asked);
    if (has_bytes_) {
      record->messages.push_back(Message(record->query));
      asked.replies.push_back(dissect::Dissect(
          net::BytesOf(record->messages.back()), arrival, asked));
      return;
    }
    Observation reply;
    reply.fit = static_cast<judge::Fit>(Below(5));
    reply.arrival_offset = arrival.offset;
    reply.source = arrival.source;
    reply.ip_ttl = arrival.ip_ttl;
    reply.dont_fragment = arrival.dont_fragment;
    reply.ip_id_zero = arrival.ip_id_zero;
    FillAnswers(&reply);
    asked.replies.push_back(std::move(reply));
  }

  void FillAnswers(Observation* reply) {
    if (Chance()) reply->flags = Number<std::uint16_t>();
    reply->rcode = Number<std::uint8_t>();
    reply->has_opt = Chance();
    reply->case_preserved = Chance();
    if (Chance()) reply->owner_is_pointer = Chance();
    reply->answer_count = Number<std::uint16_t>();
    reply->authority_count = Number<std::uint16_t>();
    reply->additional_count = Number<std::uint16_t>();
    reply->other_records = Number<std::uint16_t>();
    reply->defect = Number<std::uint8_t>();
    if (Chance()) reply->rr_ttl = Number<std::uint32_t>();
    if (Chance()) reply->extended_errors.push_back(Number<std::uint16_t>());
    for (auto left = Below(4); left > 0; --left) {
      const net::IpAddress address = Address();
      const std::uint16_t type =
          Below(4) == 0 ? 65 : (address.is_v4() ? 1 : 28);
      reply->addresses.push_back({address, Number<std::uint32_t>(), type});
    }
    for (auto left = Below(3); left > 0; --left) {
      reply->aliases.push_back(Name());
    }
  }

  bool has_bytes_;
  std::mt19937& random_;
};

}  // namespace

std::vector<Record> RandomSet(Bytes bytes, std::mt19937* random) {
  return Maker(bytes, random).Set();
}

}  // namespace taster::exchange
