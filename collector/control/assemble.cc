// SPDX-License-Identifier: Apache-2.0
#include "collector/control/assemble.h"

#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "collector/dissect/dissect.h"

namespace taster::control {
namespace {

std::span<const std::uint8_t> Bytes(const std::string& bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

judge::Asked Redissect(const store::MeasurementRow& row) {
  judge::Asked asked = row.asked;
  // A query that is none was refused on arrival.
  if (!dissect::DissectQuery(Bytes(row.query), &asked)) return asked;
  for (std::size_t i = 0; i < row.messages.size(); ++i) {
    const judge::Observation& stored = row.asked.replies[i];
    asked.replies[i] = dissect::Dissect(Bytes(row.messages[i]),
                                        {.offset = stored.arrival_offset,
                                         .source = stored.source,
                                         .ip_ttl = stored.ip_ttl,
                                         .dont_fragment = stored.dont_fragment,
                                         .ip_id_zero = stored.ip_id_zero},
                                        asked);
  }
  return asked;
}

}  // namespace

judge::Case Assemble(std::vector<judge::Asked> asked, const ControlBook& book,
                     const judge::Reference& reference,
                     std::chrono::sys_days day) {
  for (judge::Asked& each : asked) {
    each.control = book.Find(each.qname.ToText(), each.qtype);
  }
  return {.asked = std::move(asked), .date = day, .reference = &reference};
}

judge::Case Assemble(const store::StoredSet& set, const ControlBook& book,
                     const judge::Reference& reference) {
  std::vector<judge::Asked> asked;
  asked.reserve(set.measurements.size());
  for (const store::MeasurementRow& row : set.measurements) {
    asked.push_back(Redissect(row));
  }
  const auto day = std::chrono::floor<std::chrono::days>(
      set.measurements.front().query_time);
  return Assemble(std::move(asked), book, reference, day);
}

}  // namespace taster::control
