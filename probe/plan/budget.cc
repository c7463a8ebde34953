// SPDX-License-Identifier: Apache-2.0
// Adds up packets, bytes and minutes.
#include "probe/plan/budget.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "probe/plan/check_plan.h"
#include "probe/plan/proof_questions.h"
#include "probe/plan/trace_options.h"
#include "proto/dns/constants.h"

namespace taster::plan {
namespace {

constexpr std::uint64_t kQuestionTail = 4;  // QTYPE, QCLASS.
constexpr std::uint64_t kOptBytes = 11;  // RFC 6891 section 6.1.2, no option.
constexpr std::uint64_t kUdpHeader = 8;

// What a connection sends when all goes well, by RFC 9293 and RFC 8446:
// handshake, question, acknowledgements, end. Rough.
struct StreamCost {
  std::uint64_t packets = 1;
  std::uint64_t bytes = 0;  // Beside the question.
};
StreamCost CostOf(capture::Transport transport) {
  switch (transport) {
    case capture::Transport::kTcp:
      return {.packets = 6, .bytes = 320};
    case capture::Transport::kTls:
      return {.packets = 10, .bytes = 1300};
    case capture::Transport::kHttps:
      return {.packets = 13, .bytes = 1800};
    case capture::Transport::kUdp:
      break;
  }
  return {};
}

// Room for the longest request for a page that is likely; the words of mail are
// shorter.
constexpr std::uint64_t kRequestBytes = 120;

void AddChecks(const PlanOptions& options, std::uint64_t sets, Budget* budget) {
  const StreamCost cost = CostOf(capture::Transport::kHttps);
  budget->checks = sets * MostChecks(options);
  budget->packets += budget->checks * cost.packets;
  budget->bytes_sent += budget->checks * (cost.bytes + kRequestBytes);
}

// Seconds that they take.
double AddTraces(const PlanOptions& options, Budget* budget) {
  std::chrono::seconds longest{0};
  for (const auto& trace : PlannedTraces(options)) {
    const auto cost = BudgetOf(options, trace);
    capture::Question question;
    question.qname = trace.name;
    question.server = trace.server;
    budget->trace_questions += cost.most_questions;
    budget->packets += cost.most_questions;
    budget->bytes_sent += cost.most_questions * QueryBytes(question);
    longest += cost.longest;
  }
  return static_cast<double>(longest.count());
}

}  // namespace

std::uint64_t QueryBytes(const capture::Question& question) {
  const std::uint64_t ip_header = question.server.address.is_v4() ? 20 : 40;
  return ip_header + kUdpHeader + dns::kHeaderBytes +
         question.qname.wire().size() + kQuestionTail +
         (question.shape.edns ? kOptBytes : 0);
}

Budget BudgetOf(const PlanOptions& options, std::span<const dns::Name> names) {
  Budget budget;
  std::map<net::IpAddress, std::uint64_t> per_server;
  Rng order;  // Of no consequence for sums.
  ProofLedger proofs;
  for (const auto& name : names) {
    ++budget.sets;
    auto set = ExpandTarget(options, name, 0, order);
    std::ranges::move(ProofQuestions(options, set, &proofs, Instant()),
                      std::back_inserter(set.questions));
    for (const auto& question : set.questions) {
      ++budget.questions;
      const StreamCost cost = CostOf(question.transport);
      budget.packets += cost.packets;
      budget.bytes_sent += QueryBytes(question) + cost.bytes;
      ++per_server[question.server.address];
    }
  }
  AddChecks(options, budget.sets, &budget);
  double seconds = static_cast<double>(budget.asked()) / options.rate;
  const double limit = CapsOf(options.profile).rate_per_server;
  for (const auto& [server, count] : per_server) {
    if (limit <= 0) break;
    seconds = std::max(seconds, static_cast<double>(count) / limit);
  }
  // The ports of one address wait for each other, and the next set for them.
  if (limit > 0 && !options.check_ports.empty()) {
    seconds +=
        static_cast<double>(budget.sets * (options.check_ports.size() - 1)) /
        limit;
  }
  seconds += AddTraces(options, &budget);
  budget.duration = std::chrono::ceil<std::chrono::minutes>(
      std::chrono::duration<double>(seconds) + options.window);
  return budget;
}

}  // namespace taster::plan
