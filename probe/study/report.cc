// SPDX-License-Identifier: Apache-2.0
// Sorts replies by who sent them.
#include "probe/study/report.h"

#include <algorithm>
#include <set>

namespace taster::study {
namespace {

// Of the walk's replies, in percent; fewer are noise.
constexpr std::size_t kFairShare = 5;

using Senders = std::map<Fingerprint, Responder>;

bool IsTarget(const Observation& seen) {
  return seen.at_canary && seen.experiment.part != Part::kControl;
}

// Fingerprints are those of queries with RD=1.
Senders FindSenders(std::span<const Observation> observations) {
  Senders senders;
  for (const auto& seen : observations) {
    if (!IsTarget(seen) || !seen.experiment.shape.recursion_desired) continue;
    for (const auto& reply : seen.replies) {
      auto& sender = senders[reply.fingerprint];
      sender.fingerprint = reply.fingerprint;
      sender.flags_rd1 = reply.flags;
      ++sender.replies;
    }
  }
  return senders;
}

std::vector<Draw> DrawsOf(const Fingerprint& fingerprint, Part part,
                          std::span<const Observation> observations) {
  std::vector<Draw> draws;
  for (const auto& seen : observations) {
    if (!seen.at_canary || seen.experiment.part != part) continue;
    for (const auto& reply : seen.replies) {
      if (reply.fingerprint != fingerprint || reply.addresses.empty()) continue;
      draws.push_back({seen.ask, seen.flow, reply.addresses.front()});
    }
  }
  return draws;
}

void DescribeTtls(std::span<const Observation> observations,
                  Responder* sender) {
  std::vector<std::uint32_t> rr;
  std::vector<std::uint32_t> ip;
  std::set<int> bases;  // Arrival TTL less what the query had more.
  std::set<int> raised;
  for (const auto& seen : observations) {
    if (!IsTarget(seen)) continue;
    for (const auto& reply : seen.replies) {
      if (reply.fingerprint != sender->fingerprint) continue;
      if (reply.fingerprint.answers) rr.push_back(reply.rr_ttl);
      if (!reply.ip_ttl) continue;
      if (seen.experiment.part == Part::kWalk) ip.push_back(*reply.ip_ttl);
      if (!seen.experiment.ip_ttl) continue;
      const int more = *seen.experiment.ip_ttl - kLowIpTtl;
      bases.insert(*reply.ip_ttl - more);
      if (more > 0) raised.insert(more);
    }
  }
  sender->rr_ttl = DescribeSeries(rr);
  sender->ip_ttl = DescribeSeries(ip);
  if (!raised.empty()) sender->ip_ttl_mirrored = bases.size() == 1;
}

// Lengths that drew a reply, and those that were asked.
void DescribeLengths(std::span<const Observation> observations,
                     Responder* sender) {
  std::set<std::size_t> asked;
  for (const auto& seen : observations) {
    if (!seen.at_canary || seen.experiment.part != Part::kLength) continue;
    const auto bytes = seen.experiment.qname.wire().size();
    asked.insert(bytes);
    for (const auto& reply : seen.replies) {
      if (reply.fingerprint != sender->fingerprint) continue;
      sender->longest_answered = std::max(sender->longest_answered, bytes);
    }
  }
  const auto longer = asked.upper_bound(sender->longest_answered);
  if (longer != asked.end()) sender->shortest_silent = *longer;
}

void DescribeReplies(std::span<const Observation> observations,
                     Responder* sender) {
  for (const auto& seen : observations) {
    if (!IsTarget(seen)) continue;
    const bool rd = seen.experiment.shape.recursion_desired;
    for (const auto& reply : seen.replies) {
      if (!rd && reply.fingerprint.SameSender(sender->fingerprint)) {
        sender->flags_rd0 = reply.flags;
      }
      if (reply.fingerprint != sender->fingerprint) continue;
      sender->case_kept = sender->case_kept && reply.case_kept;
      sender->has_opt = sender->has_opt || reply.has_opt;
      if (seen.experiment.part == Part::kType) {
        sender->types[seen.experiment.shape.qtype] = reply.rr_type;
      }
    }
  }
}

void DescribePool(std::span<const Observation> observations,
                  Responder* sender) {
  sender->pool =
      FindOrder(DrawsOf(sender->fingerprint, Part::kWalk, observations));
  if (sender->pool.kind != PoolKind::kOrdered || !sender->pool.is_cycle) return;
  sender->processes =
      CountProcesses(sender->pool.order,
                     DrawsOf(sender->fingerprint, Part::kFlow, observations));
}

void CountInCell(const Observation& seen, const Report& report, Cell* cell) {
  ++cell->asked;
  for (const auto& reply : seen.replies) {
    const auto sender = std::ranges::find_if(
        report.responders, [&](const Responder& responder) {
          return cell->recursion_desired
                     ? responder.fingerprint == reply.fingerprint
                     : responder.fingerprint.SameSender(reply.fingerprint);
        });
    if (sender == report.responders.end()) {
      ++cell->other_replies;
    } else {
      ++cell->replies[static_cast<std::size_t>(sender -
                                               report.responders.begin())];
    }
  }
}

void FillCells(std::span<const Observation> observations, Report* report) {
  for (const auto& seen : observations) {
    const auto& [part, qname, shape, ip_ttl] = seen.experiment;
    if (part != Part::kFlags && part != Part::kType) continue;
    const auto same = [&](const Cell& cell) {
      return cell.at_canary == seen.at_canary && cell.qtype == shape.qtype &&
             cell.recursion_desired == shape.recursion_desired &&
             cell.checking_disabled == shape.checking_disabled &&
             cell.edns == shape.edns;
    };
    auto cell = std::ranges::find_if(report->cells, same);
    if (cell == report->cells.end()) {
      report->cells.push_back({.at_canary = seen.at_canary,
                               .qtype = shape.qtype,
                               .recursion_desired = shape.recursion_desired,
                               .checking_disabled = shape.checking_disabled,
                               .edns = shape.edns,
                               .replies = {}});
      cell = report->cells.end() - 1;
    }
    CountInCell(seen, *report, &*cell);
  }
}

}  // namespace

Report Summarise(std::span<const Observation> observations) {
  Report report;
  for (const auto& seen : observations) {
    ++report.asked;
    report.answered += seen.replies.empty() ? 0 : 1;
    report.walked += seen.experiment.part == Part::kWalk ? 1 : 0;
    if (seen.at_canary && seen.experiment.part == Part::kControl) {
      report.control_replies += seen.replies.size();
    }
  }
  for (auto& [fingerprint, sender] : FindSenders(observations)) {
    DescribeReplies(observations, &sender);
    DescribeTtls(observations, &sender);
    DescribeLengths(observations, &sender);
    DescribePool(observations, &sender);
    report.responders.push_back(std::move(sender));
  }
  std::ranges::stable_sort(report.responders, std::ranges::greater{},
                           &Responder::replies);
  FillCells(observations, &report);
  return report;
}

bool WalkIsSettled(std::span<const Observation> observations) {
  std::size_t replies = 0;
  for (const auto& seen : observations) {
    if (seen.experiment.part == Part::kWalk) replies += seen.replies.size();
  }
  bool any = false;
  for (const auto& [fingerprint, sender] : FindSenders(observations)) {
    const auto draws = DrawsOf(fingerprint, Part::kWalk, observations);
    if (100 * draws.size() < kFairShare * replies || draws.empty()) continue;
    any = true;
    if (!FindOrder(draws).settled()) return false;
  }
  return any;
}

}  // namespace taster::study
