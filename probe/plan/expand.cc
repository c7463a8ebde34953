// SPDX-License-Identifier: Apache-2.0
// The table of design section "What the probe captures", as questions.
#include "probe/plan/expand.h"

#include <algorithm>

#include "probe/plan/check_plan.h"
#include "probe/plan/proof_questions.h"
#include "proto/dns/constants.h"

namespace taster::plan {
namespace {

using capture::Question;
using capture::QuestionRole;
using capture::ServerKind;

// What one server is asked about one target.
class SetBuilder {
 public:
  SetBuilder(const PlanOptions& options, const dns::Name& target,
             QuestionSet* set)
      : options_(options), target_(target), set_(set) {}

  void AskServer(const net::Endpoint& server, ServerKind kind) {
    for (const auto type : options_.types) Add(target_, type, server, kind);
    const auto first = options_.types.front();
    for (int retry = 1; retry < options_.tries; ++retry) {
      Add(target_, first, server, kind).retry =
          static_cast<std::uint16_t>(retry);
    }
    AddControl(server, kind);
    AskNameServers(server, kind);
    if (kind == ServerKind::kCanary) {
      AddTwinsAtCanary(first, server);
    } else {
      if (options_.cd_twin) {
        Add(target_, first, server, kind).shape.checking_disabled = true;
      }
      AskIdentity(server, kind);
    }
  }

  // Over a connection: the first type, and the control name beside it.
  void AskStream(const StreamServer& stream) {
    const auto over = [&](Question& question) {
      question.transport = stream.transport;
      question.tls_name = stream.tls_name;
      question.http_path = stream.http_path;
    };
    const auto kind = ServerKind::kRecursive;
    for (int retry = 0; retry < options_.tries; ++retry) {
      Question& question =
          Add(target_, options_.types.front(), stream.server, kind);
      question.retry = static_cast<std::uint16_t>(retry);
      over(question);
    }
    over(AddControl(stream.server, kind));
  }

  // Through the system's library: addresses only, as an application would.
  void AskLibrary(const net::Endpoint& server) {
    for (const auto type : {dns::kTypeA, dns::kTypeAaaa}) {
      Add(target_, type, server, ServerKind::kSystem).through_system = true;
    }
    AddControl(server, ServerKind::kSystem).through_system = true;
  }

 private:
  // The reference holds until the next question is added.
  Question& Add(const dns::Name& qname, std::uint16_t type,
                const net::Endpoint& server, ServerKind kind) {
    Question question;
    question.set = set_->index;
    question.qname = qname;
    question.shape.qtype = type;
    question.server = server;
    question.server_kind = kind;
    set_->questions.push_back(std::move(question));
    return set_->questions.back();
  }

  // An address of a name that nobody blocks tells a silent server from a
  // silenced name.
  Question& AddControl(const net::Endpoint& server, ServerKind kind) {
    Question& question = Add(options_.control_name, dns::kTypeA, server, kind);
    question.role = QuestionRole::kControlName;
    return question;
  }

  void AskNameServers(const net::Endpoint& server, ServerKind kind) {
    const auto found = options_.name_servers.find(target_);
    if (found == options_.name_servers.end()) return;
    for (const dns::Name& name : found->second) {
      Add(name, dns::kTypeA, server, kind).role = QuestionRole::kNameServer;
    }
  }

  void AddTwinsAtCanary(std::uint16_t type, const net::Endpoint& server) {
    if (options_.rd0_twin) {
      Add(target_, type, server, ServerKind::kCanary).shape.recursion_desired =
          false;
    }
    if (options_.plain_twin) {
      Add(target_, type, server, ServerKind::kCanary).shape.edns = false;
    }
  }

  void AskIdentity(const net::Endpoint& server, ServerKind kind) {
    if (!options_.whoami.is_root()) {
      Add(options_.whoami, dns::kTypeA, server, kind).role =
          QuestionRole::kIdentity;
    }
    if (!options_.server_identity) return;
    for (const char* name : {"id.server", "version.bind"}) {
      Question& question =
          Add(*dns::Name::Parse(name), dns::kTypeTxt, server, kind);
      question.role = QuestionRole::kIdentity;
      question.shape.qclass = dns::kClassChaos;
      question.shape.nsid = true;
      question.randomise_case = false;
    }
  }

  const PlanOptions& options_;
  const dns::Name& target_;
  QuestionSet* set_;
};

QuestionSet BuildSet(const PlanOptions& options, const dns::Name& target,
                     std::uint32_t index) {
  QuestionSet set{.index = index, .questions = {}};
  SetBuilder builder(options, target, &set);
  if (options.ask_system) {
    for (const auto& server : options.system) {
      builder.AskServer(server, ServerKind::kSystem);
    }
  }
  for (const auto& server : options.resolvers) {
    builder.AskServer(server, ServerKind::kRecursive);
  }
  for (const auto& stream : options.streams) builder.AskStream(stream);
  for (const auto& server : options.canaries) {
    builder.AskServer(server, ServerKind::kCanary);
  }
  if (options.system_lookup && !options.system.empty()) {
    builder.AskLibrary(options.system.front());
  }
  return set;
}

}  // namespace

absl::Status CheckSetSize(const PlanOptions& options) {
  auto size = BuildSet(options, options.control_name, 0).questions.size();
  for (const auto& [target, names] : options.name_servers) {
    size = std::max(size, BuildSet(options, target, 0).questions.size());
  }
  if (size == 0) {
    return absl::InvalidArgumentError(
        "nobody to ask: no resolver, no canary, and the system names none");
  }
  const auto most = size + MostChecks(options) + MostProofQuestions(options);
  if (most > kMaxSetQuestions) {
    return absl::InvalidArgumentError(
        "a question set would have " + std::to_string(most) +
        " questions; at most " + std::to_string(kMaxSetQuestions));
  }
  return absl::OkStatus();
}

QuestionSet ExpandTarget(const PlanOptions& options, const dns::Name& target,
                         std::uint32_t index, Rng& rng) {
  QuestionSet set = BuildSet(options, target, index);
  std::ranges::shuffle(set.questions, rng);
  return set;
}

absl::StatusOr<std::vector<QuestionSet>> Expand(
    const PlanOptions& options, std::span<const dns::Name> names, Rng& rng) {
  if (auto status = CheckSetSize(options); !status.ok()) return status;
  std::vector<dns::Name> order(names.begin(), names.end());
  std::ranges::shuffle(order, rng);
  std::vector<QuestionSet> sets;
  sets.reserve(order.size());
  for (const auto& name : order) {
    sets.push_back(ExpandTarget(options, name,
                                static_cast<std::uint32_t>(sets.size()), rng));
  }
  return sets;
}

}  // namespace taster::plan
