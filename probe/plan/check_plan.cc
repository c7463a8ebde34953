// SPDX-License-Identifier: Apache-2.0
// Addresses by turns, then every port of each.
#include "probe/plan/check_plan.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "probe/plan/address_policy.h"
#include "proto/dns/constants.h"
#include "proto/net/ip_prefix.h"

namespace taster::plan {
namespace {

using capture::Question;
using capture::QuestionRole;

// The networks that a household or a campus is given.
constexpr int kOwnBitsV4 = 24;
constexpr int kOwnBitsV6 = 48;

// "www.example.com" of www.Example.com.
std::string HostText(const dns::Name& name) {
  std::string text = name.ToText();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

// `answered`, each address once, first those that were given over TLS or HTTPS,
// then one of a resolver, one of a canary, and so on by turns.
std::vector<net::IpAddress> ByTurns(
    const std::vector<AnsweredAddress>& answered) {
  std::array<std::vector<net::IpAddress>, 3> queues;
  for (const auto& [address, answerer] : answered) {
    queues[static_cast<std::size_t>(answerer)].push_back(address);
  }
  std::vector<net::IpAddress> order;
  for (std::size_t turn = 0; turn < answered.size(); ++turn) {
    for (const auto& queue : queues) {
      if (turn >= queue.size()) continue;
      if (std::ranges::find(order, queue[turn]) == order.end()) {
        order.push_back(queue[turn]);
      }
    }
  }
  return order;
}

}  // namespace

std::size_t MostChecks(const PlanOptions& options) {
  return (kMaxCheckedAddresses + 1) * options.check_ports.size();
}

CheckPlan::CheckPlan(const PlanOptions& options,
                     std::vector<net::IpAddress> own)
    : options_(options), own_(std::move(own)) {}

bool CheckPlan::MayBeTried(const net::IpAddress& address,
                           const dns::Name& name) const {
  if (options_.never_check.Covers(address, name)) return false;
  if (options_.lab) return true;
  if (IsReserved(address)) return false;
  return std::ranges::none_of(own_, [&](const net::IpAddress& own) {
    const int bits = own.is_v4() ? kOwnBitsV4 : kOwnBitsV6;
    return net::IpPrefix{own, bits}.Contains(address);
  });
}

void CheckPlan::Add(const SetAnswers& answers, QuestionRole role,
                    const net::IpAddress& address,
                    std::vector<Question>* checks) const {
  const dns::Name& name =
      role == QuestionRole::kCheck ? answers.target : options_.control_name;
  for (const std::uint16_t port : options_.check_ports) {
    if (capture::IsMail(capture::ServiceAt(port)) &&
        !options_.mail_names.Covers(name)) {
      continue;
    }
    Question check;
    check.set = answers.set;
    check.role = role;
    check.qname = name;
    check.shape.qtype = address.is_v4() ? dns::kTypeA : dns::kTypeAaaa;
    check.server = {address, port};
    check.server_kind = capture::ServerKind::kHost;
    check.service = capture::ServiceAt(port);
    check.transport = check.service == capture::Service::kHttps
                          ? capture::Transport::kHttps
                          : capture::Transport::kTls;
    check.tls_name = HostText(check.qname);
    check.contact = options_.check_contact;
    check.randomise_case = false;
    checks->push_back(std::move(check));
  }
}

std::vector<Question> CheckPlan::Choose(const SetAnswers& answers,
                                        CheckLedger* ledger, Instant now,
                                        Rng& rng) const {
  std::vector<Question> checks;
  std::size_t chosen = 0;
  for (const auto& address : ByTurns(answers.target_addresses)) {
    if (chosen == kMaxCheckedAddresses) break;
    if (!MayBeTried(address, answers.target) || !ledger->Take(address, now)) {
      continue;
    }
    Add(answers, QuestionRole::kCheck, address, &checks);
    ++chosen;
  }
  for (const auto& address : ByTurns(answers.control_addresses)) {
    if (!MayBeTried(address, options_.control_name)) continue;
    // Tried beside every set, as the control name is asked beside each.
    Add(answers, QuestionRole::kCheckControlName, address, &checks);
    break;
  }
  std::ranges::shuffle(checks, rng);
  return checks;
}

}  // namespace taster::plan
