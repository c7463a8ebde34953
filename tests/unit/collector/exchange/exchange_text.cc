// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/collector/exchange/exchange_text.h"

#include <gtest/gtest.h>

#include <sstream>

namespace taster::exchange {
namespace {

std::string Hex(const auto& bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const auto byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text += kDigits[value >> 4];
    text += kDigits[value & 0xf];
  }
  return text;
}

template <typename T>
std::string Maybe(const std::optional<T>& value) {
  return value ? std::to_string(*value) : "-";
}

void Describe(const judge::Observation& reply, std::ostream& out) {
  out << "reply fit=" << int{static_cast<std::uint8_t>(reply.fit)}
      << " offset=" << reply.arrival_offset.count()
      << " source=" << reply.source.ToString()
      << " ip_ttl=" << Maybe(reply.ip_ttl)
      << " df=" << Maybe(reply.dont_fragment)
      << " id_zero=" << Maybe(reply.ip_id_zero) << " flags=" << reply.flags
      << " rcode=" << int{reply.rcode} << " opt=" << reply.has_opt
      << " case=" << reply.case_preserved
      << " pointer=" << Maybe(reply.owner_is_pointer)
      << " counts=" << reply.answer_count << ',' << reply.authority_count << ','
      << reply.additional_count << " other=" << reply.other_records
      << " rr_ttl=" << Maybe(reply.rr_ttl) << " defect=" << int{reply.defect};
  for (const std::uint16_t code : reply.extended_errors) out << " ede=" << code;
  for (const auto& answer : reply.addresses) {
    out << ' ' << answer.address.ToString() << '/' << answer.rr_ttl << '/'
        << answer.type;
  }
  for (const auto& alias : reply.aliases) out << " alias=" << alias.ToText();
  out << '\n';
}

void Describe(const judge::Asked& asked, std::ostream& out) {
  out << "ordinal=" << asked.ordinal
      << "\nrole=" << static_cast<int>(asked.role)
      << "\nqname=" << Hex(asked.qname.wire()) << "\nqtype=" << asked.qtype
      << "\nqclass=" << asked.qclass << "\nquery_id=" << asked.query_id
      << "\nquery_flags=" << asked.query_flags
      << "\nquery_has_opt=" << asked.query_has_opt
      << "\nserver=" << (asked.server ? asked.server->ToString() : "-")
      << "\nserver_kind=" << static_cast<int>(asked.server_kind)
      << "\ntransport=" << static_cast<int>(asked.transport)
      << "\noutcome=" << static_cast<int>(asked.outcome)
      << "\nserver_name=" << asked.server_name.ToText()
      << "\nconnected=" << asked.service.connected
      << "\nhttp_status=" << Maybe(asked.service.http_status)
      << "\nredirect_host=" << asked.service.redirect_host
      << "\ncontrol=" << (asked.control != nullptr) << '\n';
  for (const auto& reply : asked.replies) Describe(reply, out);
}

}  // namespace

ReadText Read(Reader reader, const std::string& text) {
  std::istringstream stream(text);
  const LineSource lines = [&](std::string* line) -> absl::StatusOr<bool> {
    return static_cast<bool>(std::getline(stream, *line));
  };
  ReadText read;
  const Sink sink{.record =
                      [&](Record&& record) {
                        read.records.push_back(std::move(record));
                        return absl::OkStatus();
                      },
                  .bad =
                      [&](const BadInput& bad) {
                        read.bad.push_back(bad);
                        return absl::OkStatus();
                      }};
  const absl::Status status = reader(lines, sink);
  EXPECT_TRUE(status.ok()) << status;
  return read;
}

std::string Describe(const Record& record) {
  std::ostringstream out;
  out << "id=" << record.id << "\nset=" << record.set
      << "\nrecord_role=" << static_cast<int>(record.role)
      << "\ncountry=" << record.network.country
      << "\nasn=" << record.network.asn
      << "\ntime=" << record.time.time_since_epoch().count()
      << "\nquery=" << Hex(record.query) << '\n';
  for (const auto& message : record.messages) {
    out << "message=" << Hex(message) << '\n';
  }
  Describe(record.asked, out);
  return out.str();
}

}  // namespace taster::exchange
