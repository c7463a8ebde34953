// SPDX-License-Identifier: Apache-2.0
#include "probe/plan/task.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "probe/plan/address_policy.h"
#include "probe/plan/check_plan.h"
#include "probe/plan/target_name.h"
#include "proto/dns/constants.h"
#include "proto/net/bytes_of.h"

namespace taster::plan {
namespace {

constexpr std::array kTypes = {dns::kTypeA, dns::kTypeAaaa, dns::kTypeHttps};
constexpr std::uint32_t kMostTasks = 500;
// Longer ones would tell of a household (RFC 7871 section 11.1).
constexpr std::uint32_t kMostBitsV4 = 24;
constexpr std::uint32_t kMostBitsV6 = 56;

std::optional<dns::Name> AdmitName(const std::string& wire) {
  const auto name = dns::Name::FromWire(net::BytesOf(wire));
  if (!name) return {};
  std::string text = name->ToText();
  if (text.ends_with('.')) text.pop_back();
  BadName why = BadName::kNone;
  return ReadTargetName(text, &why);
}

std::optional<net::IpPrefix> AdmitSubnet(const PlanOptions& options,
                                         const v1::ClientSubnet& subnet) {
  const auto address =
      net::IpAddress::FromBytes(net::BytesOf(subnet.address()));
  const std::uint32_t length = subnet.prefix_length();
  if (!address || length == 0 ||
      length > (address->is_v4() ? kMostBitsV4 : kMostBitsV6)) {
    return {};
  }
  if (IsReserved(*address) && !options.lab) return {};
  // Parse knows which bits must be zero.
  return net::IpPrefix::Parse(address->ToString() + "/" +
                              std::to_string(length));
}

template <typename T>
void Keep(const T& value, std::size_t most, std::vector<T>* kept) {
  if (kept->size() < most && std::ranges::find(*kept, value) == kept->end()) {
    kept->push_back(value);
  }
}

// Queries per second, as the servers let them through.
double PaceOf(const PlanOptions& options) {
  const double a_server = CapsOf(options.profile).rate_per_server;
  const auto servers = options.resolvers.size() + options.streams.size() +
                       (options.ask_system ? options.system.size() : 0);
  if (a_server == 0 || servers == 0) return options.rate;
  return std::min(options.rate, a_server * static_cast<double>(servers));
}

PlanOptions OptionsFor(const PlanOptions& options, const Task& task) {
  PlanOptions asked = options;
  asked.types = task.types;
  asked.canaries.clear();
  return asked;
}

}  // namespace

std::optional<Task> AdmitTask(const PlanOptions& options,
                              const v1::Task& task) {
  auto name = AdmitName(task.qname());
  if (!name) return {};
  Task admitted{
      .qname = *std::move(name), .types = {}, .subnets = {}, .to_check = {}};
  for (const std::uint32_t qtype : task.qtypes()) {
    const auto type = static_cast<std::uint16_t>(qtype);
    if (type == qtype && std::ranges::find(kTypes, type) != kTypes.end()) {
      Keep(type, kMaxTaskTypes, &admitted.types);
    }
  }
  if (admitted.types.empty()) return {};
  for (const v1::ClientSubnet& subnet : task.client_subnets()) {
    const auto prefix = AdmitSubnet(options, subnet);
    if (prefix) Keep(*prefix, kMaxTaskSubnets, &admitted.subnets);
  }
  for (const std::string& bytes : task.check_addresses()) {
    const auto address = net::IpAddress::FromBytes(net::BytesOf(bytes));
    if (address) Keep(*address, kMaxTaskChecks, &admitted.to_check);
  }
  return admitted;
}

QuestionSet ExpandTask(const PlanOptions& options, const Task& task,
                       std::uint32_t index, Rng& rng) {
  QuestionSet set =
      ExpandTarget(OptionsFor(options, task), task.qname, index, rng);
  for (const net::IpPrefix& subnet : task.subnets) {
    for (const net::Endpoint& resolver : options.resolvers) {
      for (const std::uint16_t type : task.types) {
        if (set.questions.size() + MostChecks(options) >= kMaxSetQuestions) {
          break;
        }
        capture::Question question;
        question.set = index;
        question.qname = task.qname;
        question.shape.qtype = type;
        question.shape.client_subnet = subnet;
        question.server = resolver;
        question.server_kind = capture::ServerKind::kRecursive;
        set.questions.push_back(std::move(question));
      }
    }
  }
  std::ranges::shuffle(set.questions, rng);
  return set;
}

std::uint32_t TasksWithin(const PlanOptions& options,
                          std::chrono::seconds time) {
  const Task typical{.qname = options.control_name,
                     .types = {dns::kTypeA, dns::kTypeAaaa},
                     .subnets = {net::IpPrefix{}},
                     .to_check = {}};
  Rng any;
  const auto questions = ExpandTask(options, typical, 0, any).questions.size();
  const double tasks = PaceOf(options) * static_cast<double>(time.count()) /
                       static_cast<double>(std::max<std::size_t>(questions, 1));
  return static_cast<std::uint32_t>(
      std::clamp(tasks, 1.0, static_cast<double>(kMostTasks)));
}

}  // namespace taster::plan
