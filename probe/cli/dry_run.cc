// SPDX-License-Identifier: Apache-2.0
// dry-run: every question and what the round would cost. Opens no socket.
#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <iterator>

#include "probe/cli/commands.h"
#include "probe/cli/config_file.h"
#include "probe/cli/terminal_text.h"
#include "probe/plan/budget.h"
#include "probe/plan/proof_questions.h"
#include "proto/dns/presentation.h"

namespace taster::cli {
namespace {

const char* KindText(capture::ServerKind kind) {
  switch (kind) {
    case capture::ServerKind::kSystem:
      return "system";
    case capture::ServerKind::kRecursive:
      return "recursive";
    case capture::ServerKind::kAuthoritative:
      return "authoritative";
    case capture::ServerKind::kHost:
      return "host";
    case capture::ServerKind::kCanary:
      break;
  }
  return "canary";
}

const char* RoleText(capture::QuestionRole role) {
  switch (role) {
    case capture::QuestionRole::kTarget:
    case capture::QuestionRole::kTrace:
    case capture::QuestionRole::kCheck:
      return "target";
    case capture::QuestionRole::kControlName:
    case capture::QuestionRole::kTraceControlName:
    case capture::QuestionRole::kCheckControlName:
      return "control_name";
    case capture::QuestionRole::kNameServer:
      return "name_server";
    case capture::QuestionRole::kProof:
      return "proof";
    case capture::QuestionRole::kIdentity:
      break;
  }
  return "identity";
}

const char* ViaText(const capture::Question& question) {
  if (question.through_system) return "library";
  switch (question.transport) {
    case capture::Transport::kUdp:
      return "udp";
    case capture::Transport::kTcp:
      return "tcp";
    case capture::Transport::kTls:
      return "tls";
    case capture::Transport::kHttps:
      break;
  }
  return "https";
}

const char* TrueFalse(bool value) { return value ? "true" : "false"; }

void PrintQuestion(const capture::Question& question, bool json) {
  const auto name = question.qname.ToText();
  const auto type = dns::TypeToText(question.shape.qtype);
  const char* via = ViaText(question);
  if (json) {
    std::printf("{\"set\":%" PRIu32
                ",\"role\":\"%s\",\"qname\":%s,"
                "\"qtype\":\"%s\",\"server\":\"%s\",\"server_kind\":\"%s\","
                "\"via\":\"%s\",\"server_name\":\"%s\",\"rd\":%s,"
                "\"cd\":%s,\"edns\":%s,\"try\":%d}",
                question.set, RoleText(question.role), JsonText(name).c_str(),
                type.c_str(), question.server.ToString().c_str(),
                KindText(question.server_kind), via, question.tls_name.c_str(),
                TrueFalse(question.shape.recursion_desired),
                TrueFalse(question.shape.checking_disabled),
                TrueFalse(question.shape.edns), question.retry + 1);
    return;
  }
  std::printf("%s %s @%s %s %s %s rd=%d cd=%d edns=%d try=%d\n", name.c_str(),
              type.c_str(), question.server.ToString().c_str(),
              KindText(question.server_kind), RoleText(question.role), via,
              question.shape.recursion_desired ? 1 : 0,
              question.shape.checking_disabled ? 1 : 0,
              question.shape.edns ? 1 : 0, question.retry + 1);
}

void PrintBudget(const plan::Budget& budget, bool json) {
  const auto minutes = static_cast<std::uint64_t>(budget.duration.count());
  if (json) {
    std::printf("\"budget\":{\"sets\":%" PRIu64 ",\"questions\":%" PRIu64
                ",\"checks\":%" PRIu64 ",\"trace_questions\":%" PRIu64
                ",\"packets\":%" PRIu64 ",\"bytes_sent\":%" PRIu64
                ",\"minutes\":%" PRIu64 "}",
                budget.sets, budget.questions, budget.checks,
                budget.trace_questions, budget.packets, budget.bytes_sent,
                minutes);
    return;
  }
  std::printf("# %" PRIu64 " names, %" PRIu64 " questions, ", budget.sets,
              budget.questions);
  if (budget.checks > 0) {
    std::printf("up to %" PRIu64 " endpoint checks, ", budget.checks);
  }
  if (budget.trace_questions > 0) {
    std::printf("up to %" PRIu64 " queries of traces, ",
                budget.trace_questions);
  }
  std::printf("%" PRIu64 " packets, %" PRIu64 " bytes sent, about %" PRIu64
              " minutes\n",
              budget.packets, budget.bytes_sent, minutes);
}

// Stops when nobody reads any more.
void PrintQuestions(const plan::PlanOptions& plan,
                    const std::vector<dns::Name>& names, bool json) {
  plan::Rng rng;  // A run shuffles anew; the questions are the same.
  plan::ProofLedger proofs;
  std::uint32_t index = 0;
  for (const auto& name : names) {
    auto set = plan::ExpandTarget(plan, name, index, rng);
    std::ranges::move(plan::ProofQuestions(plan, set, &proofs, plan::Instant()),
                      std::back_inserter(set.questions));
    for (const auto& question : set.questions) {
      if (json && (index > 0 || &question != &set.questions.front())) {
        std::printf(",\n");
      }
      PrintQuestion(question, json);
      if (std::ferror(stdout) != 0) return;
    }
    ++index;
  }
}

ExitCode DryRun(const Invocation& invocation, bool json) {
  auto loaded = LoadConfig(invocation.common.config);
  if (auto* refusal = std::get_if<Refusal>(&loaded)) return Refuse(*refusal);
  auto& config = std::get<Config>(loaded);
  auto targets = LoadTargets(config);
  if (auto* refusal = std::get_if<Refusal>(&targets)) return Refuse(*refusal);
  const auto& names = std::get<std::vector<dns::Name>>(targets);
  config.plan.system = config.system_servers.empty()
                           ? invocation.edges->system_servers()
                           : config.system_servers;
  if (auto status = plan::CheckSetSize(config.plan); !status.ok()) {
    return Refuse({kBadConfiguration, std::string(status.message())});
  }
  if (json) std::printf("{");
  PrintBudget(plan::BudgetOf(config.plan, names), json);
  if (json) std::printf(",\n\"questions\":[");
  PrintQuestions(config.plan, names, json);
  if (json) std::printf("]}\n");
  return kDone;
}

}  // namespace

void AddDryRun(CLI::App* app, Invocation* invocation) {
  auto* dry_run = app->add_subcommand(
      "dry-run",
      "Examples:\n  taster-probe dry-run | head\n  taster-probe dry-run --json"
      "\n\nLists every question that a round asks, with its cost. Sends "
      "nothing and opens no socket; needs no consent.");
  auto json = std::make_shared<bool>(false);
  AddFlag(dry_run, "--json", json.get(), "One JSON object");
  dry_run->callback([invocation, json] {
    invocation->run = [invocation, json] { return DryRun(*invocation, *json); };
  });
}

}  // namespace taster::cli
