// SPDX-License-Identifier: Apache-2.0
#include "collector/store/rollup.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace taster::store {
namespace {

constexpr char kAddToCells[] =
    "INSERT INTO taster.vantage_cell (vantage_id, batch_day, qname, class,"
    " mechanism, injector_id, set_count)"
    " SELECT vantage_id, batch_day, qname, class, mechanism, injector_id,"
    " set_count FROM unnest($1::bigint[], $2::date[], $3::text[],"
    " $4::smallint[], $5::smallint[], $6::text[], $7::bigint[])"
    " AS added (vantage_id, batch_day, qname, class, mechanism, injector_id,"
    " set_count)"
    " ON CONFLICT (vantage_id, batch_day, qname, class, mechanism,"
    " injector_id) DO UPDATE"
    " SET set_count = vantage_cell.set_count + excluded.set_count";

constexpr char kMergeControl[] =
    "INSERT INTO taster.control_answer (qname, qtype, kind, address,"
    " vantage_id, first_time, last_time, port, http_status, redirect_domain)"
    " SELECT qname, qtype, kind, address, vantage_id, first_time, last_time,"
    " port, http_status, redirect_domain"
    " FROM unnest($1::text[], $2::integer[], $3::smallint[], $4::inet[],"
    " $5::bigint[], $6::timestamptz[], $7::timestamptz[], $8::integer[],"
    " $9::smallint[], $10::text[])"
    " AS seen (qname, qtype, kind, address, vantage_id, first_time,"
    " last_time, port, http_status, redirect_domain)"
    " ON CONFLICT (qname, qtype, vantage_id, kind, address, port, http_status,"
    " redirect_domain) DO UPDATE"
    " SET first_time = least(control_answer.first_time, excluded.first_time),"
    " last_time = greatest(control_answer.last_time, excluded.last_time)";

using ControlKey =
    std::tuple<std::string, std::uint16_t, ControlRow::Kind,
               std::optional<net::IpAddress>, std::int64_t, std::uint16_t,
               std::optional<std::uint16_t>, std::string>;
using FirstAndLast = std::pair<Time, Time>;

// One statement may touch a row once; sorted, so that writers lock in one
// order.
std::map<ControlKey, FirstAndLast> Condense(
    const std::vector<const ControlRow*>& answers) {
  std::map<ControlKey, FirstAndLast> condensed;
  for (const ControlRow* row : answers) {
    const auto [at, is_new] = condensed.try_emplace(
        ControlKey{row->qname, row->qtype, row->kind, row->address,
                   row->vantage_id, row->port, row->http_status,
                   row->redirect_domain},
        row->seen_time, row->seen_time);
    if (is_new) continue;
    at->second.first = std::min(at->second.first, row->seen_time);
    at->second.second = std::max(at->second.second, row->seen_time);
  }
  return condensed;
}

}  // namespace

absl::Status AddToCells(const CellCounts& counts, Session* session) {
  if (counts.empty()) return absl::OkStatus();
  std::array<ArrayParameter, 7> columns = {
      ArrayParameter(TypeId::kInt8), ArrayParameter(TypeId::kDate),
      ArrayParameter(TypeId::kText), ArrayParameter(TypeId::kInt2),
      ArrayParameter(TypeId::kInt2), ArrayParameter(TypeId::kText),
      ArrayParameter(TypeId::kInt8)};
  for (const auto& [cell, count] : counts) {
    columns[0].Next().Int8(cell.vantage_id);
    columns[1].Next().Date(cell.batch_day);
    columns[2].Next().Text(cell.qname);
    columns[3].Next().Int2(static_cast<int>(cell.verdict));
    columns[4].Next().Int2(static_cast<int>(cell.mechanism));
    columns[5].Next().Text(cell.injector);
    columns[6].Next().Int8(count);
  }
  return session->Query(kAddToCells, columns).status();
}

absl::Status MergeControl(const std::vector<const ControlRow*>& answers,
                          Session* session) {
  if (answers.empty()) return absl::OkStatus();
  std::array<ArrayParameter, 10> columns = {
      ArrayParameter(TypeId::kText),
      ArrayParameter(TypeId::kInt4),
      ArrayParameter(TypeId::kInt2),
      ArrayParameter(TypeId::kInet),
      ArrayParameter(TypeId::kInt8),
      ArrayParameter(TypeId::kTimestamptz),
      ArrayParameter(TypeId::kTimestamptz),
      ArrayParameter(TypeId::kInt4),
      ArrayParameter(TypeId::kInt2),
      ArrayParameter(TypeId::kText)};
  for (const auto& [key, times] : Condense(answers)) {
    const auto& [qname, qtype, kind, address, vantage_id, port, http_status,
                 redirect_domain] = key;
    columns[0].Next().Text(qname);
    columns[1].Next().Int4(qtype);
    columns[2].Next().Int2(static_cast<int>(kind));
    address ? columns[3].Next().Inet(*address) : columns[3].Next().Null();
    columns[4].Next().Int8(vantage_id);
    columns[5].Next().TimestampTz(times.first);
    columns[6].Next().TimestampTz(times.second);
    columns[7].Next().Int4(port);
    http_status ? columns[8].Next().Int2(*http_status)
                : columns[8].Next().Null();
    columns[9].Next().Text(redirect_domain);
  }
  return session->Query(kMergeControl, columns).status();
}

}  // namespace taster::store
