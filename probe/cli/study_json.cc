// SPDX-License-Identifier: Apache-2.0
// The report for programs.
#include <fmt/format.h>

#include "probe/cli/study_text.h"
#include "probe/cli/terminal_text.h"
#include "proto/dns/presentation.h"

namespace taster::cli {
namespace {

std::string BitJson(const std::optional<bool>& bit) {
  if (!bit) return "null";
  return *bit ? "true" : "false";
}

std::string SeriesJson(const study::NumberSeries& series) {
  if (series.kind == study::SeriesKind::kNone) return "null";
  return fmt::format("{{\"kind\":\"{}\",\"least\":{},\"most\":{}}}",
                     ToText(series.kind), series.least, series.most);
}

std::string CellJson(const study::Cell& cell) {
  std::string replies;
  for (const auto& [sender, count] : cell.replies) {
    replies += fmt::format("{}{{\"responder\":{},\"replies\":{}}}",
                           replies.empty() ? "" : ",", sender + 1, count);
  }
  return fmt::format(
      "{{\"at\":\"{}\",\"qtype\":\"{}\",\"rd\":{},\"cd\":{},\"edns\":{},"
      "\"asked\":{},\"replies\":[{}],\"other_replies\":{}}}",
      cell.at_canary ? "canary" : "server", dns::TypeToText(cell.qtype),
      cell.recursion_desired, cell.checking_disabled, cell.edns, cell.asked,
      replies, cell.other_replies);
}

std::string PoolJson(const study::Responder& sender) {
  const auto& pool = sender.pool;
  std::string order;
  for (const auto& address : pool.order) {
    order += (order.empty() ? "\"" : ",\"") + address.ToString() + "\"";
  }
  return fmt::format(
      "{{\"kind\":\"{}\",\"distinct\":{},\"steps\":{},\"explained\":{},"
      "\"is_cycle\":{},\"period\":{},\"processes\":{},\"ports\":{},"
      "\"order\":[{}]}}",
      ToText(pool.kind), pool.distinct, pool.steps, pool.explained,
      pool.is_cycle, pool.period(), sender.processes.count,
      sender.processes.flows, order);
}

std::string SenderJson(std::size_t index, const study::Responder& sender) {
  const auto& print = sender.fingerprint;
  std::string types;
  for (const auto& [asked, given] : sender.types) {
    types += fmt::format(
        "{}\"{}\":{}", types.empty() ? "" : ",", dns::TypeToText(asked),
        given == 0 ? "null" : JsonText(dns::TypeToText(given)));
  }
  return fmt::format(
      "{{\"responder\":{},\"replies\":{},\"aa\":{},\"dont_fragment\":{},"
      "\"ip_id_zero\":{},\"full_owner\":{},\"answers\":{},"
      "\"flags_rd1\":{},\"flags_rd0\":{},\"rr_ttl\":{},\"ip_ttl\":{},"
      "\"ip_ttl_mirrored\":{},\"case_kept\":{},\"edns\":{},"
      "\"types\":{{{}}},\"longest_answered\":{},\"shortest_silent\":{},"
      "\"pool\":{}}}",
      index + 1, sender.replies, print.authoritative,
      BitJson(print.dont_fragment), BitJson(print.ip_id_zero), print.full_owner,
      print.answers, sender.flags_rd1,
      sender.flags_rd0 ? std::to_string(*sender.flags_rd0) : "null",
      SeriesJson(sender.rr_ttl), SeriesJson(sender.ip_ttl),
      BitJson(sender.ip_ttl_mirrored), sender.case_kept, sender.has_opt, types,
      sender.longest_answered, sender.shortest_silent, PoolJson(sender));
}

}  // namespace

std::string StudyJson(const StudyOptions& what, const study::Report& report) {
  std::string cells;
  for (const auto& cell : report.cells) {
    cells += (cells.empty() ? "" : ",") + CellJson(cell);
  }
  std::string responders;
  for (std::size_t i = 0; i < report.responders.size(); ++i) {
    responders += (i == 0 ? "" : ",") + SenderJson(i, report.responders[i]);
  }
  return fmt::format(
      "{{\"qname\":{},\"qtype\":\"{}\",\"canary\":\"{}\",\"server\":{},"
      "\"asked\":{},\"answered\":{},\"walked\":{},\"control_replies\":{},"
      "\"cells\":[{}],\"responders\":[{}]}}",
      JsonText(what.names.name.ToText()), dns::TypeToText(what.names.qtype),
      what.canary.ToString(),
      what.server ? JsonText(what.server->ToString()) : "null", report.asked,
      report.answered, report.walked, report.control_replies, cells,
      responders);
}

}  // namespace taster::cli
