// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/collector/control/sample_message.h"

#include <chrono>
#include <span>

#include "collector/dissect/dissect.h"
#include "proto/dns/name.h"
#include "proto/net/bytes_of.h"

namespace taster::control {
namespace {

void Append16(unsigned value, std::string* out) {
  out->push_back(static_cast<char>(value >> 8 & 0xff));
  out->push_back(static_cast<char>(value & 0xff));
}

std::string Message(const std::string& name, unsigned flags,
                    std::size_t answers) {
  std::string message;
  Append16(0x1234, &message);
  Append16(flags, &message);
  Append16(1, &message);
  Append16(static_cast<unsigned>(answers), &message);
  Append16(0, &message);
  Append16(0, &message);
  const dns::Name qname = *dns::Name::Parse(name);
  message.append(reinterpret_cast<const char*>(qname.wire().data()),
                 qname.wire().size());
  Append16(1, &message);
  Append16(1, &message);
  return message;
}

}  // namespace

std::string Query(const std::string& name) { return Message(name, 0x0100, 0); }

std::string Response(const std::string& name, const Reply& reply) {
  std::string message = Message(name, 0x8100U | reply.flags | reply.rcode,
                                reply.addresses.size());
  for (const std::string& text : reply.addresses) {
    Append16(0xc00c, &message);
    Append16(1, &message);
    Append16(1, &message);
    Append16(0, &message);
    Append16(60, &message);
    Append16(4, &message);
    const net::IpAddress address = *net::IpAddress::Parse(text);
    message.append(reinterpret_cast<const char*>(address.bytes().data()), 4);
  }
  return message;
}

store::MeasurementRow Measured(const std::string& name,
                               const std::vector<Reply>& replies) {
  store::MeasurementRow row;
  row.query = Query(name);
  row.query_time = std::chrono::time_point_cast<std::chrono::microseconds>(
      std::chrono::floor<std::chrono::seconds>(
          std::chrono::system_clock::now()));
  row.window = std::chrono::seconds(5);
  row.asked.server = net::Endpoint{*net::IpAddress::Parse("192.0.2.53"), 53};
  row.asked.outcome =
      replies.empty() ? judge::Outcome::kTimeout : judge::Outcome::kResponse;
  dissect::DissectQuery(net::BytesOf(row.query), &row.asked);
  for (const Reply& reply : replies) {
    row.messages.push_back(Response(name, reply));
    row.original_sizes.emplace_back();
    row.asked.replies.push_back(dissect::Dissect(
        net::BytesOf(row.messages.back()),
        {.offset = std::chrono::milliseconds(5 * row.messages.size()),
         .source = *row.asked.server,
         .ip_ttl = reply.ip_ttl,
         .dont_fragment = std::nullopt,
         .ip_id_zero = std::nullopt},
        row.asked));
  }
  return row;
}

}  // namespace taster::control
