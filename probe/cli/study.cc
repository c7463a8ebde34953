// SPDX-License-Identifier: Apache-2.0
// study: what injects answers for a name, from one vantage point.
#include <algorithm>
#include <cstdio>

#include "probe/cli/commands.h"
#include "probe/cli/interrupt.h"
#include "probe/cli/log.h"
#include "probe/cli/study_text.h"
#include "probe/plan/target_name.h"
#include "probe/plan/trace_options.h"
#include "proto/dns/presentation.h"

namespace taster::cli {
namespace {

constexpr std::uint16_t kDnsPort = 53;

struct StudyWords {
  std::string name;
  std::string canary;
  std::string server;
  std::string type = "A";
  std::string walk;
  std::string patience = "30";
  bool json = false;
  bool keep = false;
};

std::optional<Refusal> ReadServer(const std::string& text,
                                  net::Endpoint* into) {
  const auto server = net::Endpoint::Parse(text, kDnsPort);
  if (!server || server->port == 0) {
    return Refusal{kUsage, text + " is no address"};
  }
  *into = *server;
  return {};
}

// What the words say, within the plan.
std::optional<Refusal> ReadWords(const StudyWords& words,
                                 const plan::PlanOptions& plan,
                                 StudyOptions* what) {
  plan::BadName why = plan::BadName::kNone;
  const auto name = plan::ReadTargetName(words.name, &why);
  if (!name) {
    return Refusal{kUsage, words.name + " " + std::string(Explain(why))};
  }
  what->names.name = *name;
  what->names.control_name = plan.control_name;
  what->names.qtype = dns::TypeFromText(words.type);
  if (what->names.qtype == 0) {
    return Refusal{kUsage, words.type + " is no type"};
  }
  if (!words.walk.empty()) what->walk = std::stoul(words.walk);
  if (auto refusal = ReadServer(words.canary, &what->canary)) return refusal;
  if (words.server.empty()) return {};
  net::Endpoint server;
  if (auto refusal = ReadServer(words.server, &server)) return refusal;
  what->server = server;
  what->server_kind = plan::KindOf(plan, server);
  return {};
}

// Resolvers are subject to the same policy as those of a round.
std::optional<Refusal> CheckServer(const plan::PlanOptions& plan,
                                   const StudyOptions& what) {
  if (!what.server) return {};
  plan::PlanOptions as_plan = plan;
  as_plan.resolvers = {*what.server};
  const auto status = plan::CheckPolicy(as_plan);
  if (status.ok()) return {};
  return Refusal{CodeOf(status), std::string(status.message())};
}

ExitCode Study(const Invocation& invocation, const StudyWords& words) {
  auto opened = Station::Open(invocation.common, *invocation.edges);
  if (auto* refusal = std::get_if<Refusal>(&opened)) return Refuse(*refusal);
  auto& station = *std::get<std::unique_ptr<Station>>(opened);
  const auto& plan = station.config().plan;
  StudyOptions what;
  if (const auto refusal = ReadWords(words, plan, &what)) {
    return Refuse(*refusal);
  }
  if (const auto refusal = CheckServer(plan, what)) return Refuse(*refusal);
  StartLog(/*quiet=*/true);
  WatchSignals();
  const auto report = station.Study(what);
  if (!report.ok()) {
    return Refuse(
        {CodeOf(report.status()),
         "the study ended early: " + std::string(report.status().message())});
  }
  const std::string text =
      words.json ? StudyJson(what, *report) + "\n" : StudyText(what, *report);
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
  if (words.keep) return Finishing() ? kInterrupted : kDone;
  if (const auto refusal = station.StartSending(/*hold=*/false)) {
    return Refuse(*refusal);
  }
  return AwaitDelivery(
      &station, std::chrono::seconds(std::stoul(words.patience)), stderr);
}

void AddWords(CLI::App* study, StudyWords* words) {
  study->add_option("name", words->name, "A name that draws forged replies")
      ->required();
  study
      ->add_option("--canary", words->canary,
                   "ADDRESS[:PORT] of your own host behind the censor, which "
                   "runs no DNS")
      ->required();
  study->add_option("--server", words->server,
                    "ADDRESS[:PORT] of a resolver that is asked beside it");
  study->add_option("--type", words->type,
                    "Of the walk: A, AAAA, HTTPS, NS, SOA or TXT");
  study
      ->add_option("--walk", words->walk,
                   "Questions that walk the pool; else until its cycle was "
                   "walked twice, 4,096 at most")
      ->check(WholeNumber(1, 100'000));
  study
      ->add_option("--patience", words->patience,
                   "Seconds of failing before giving up on the collector")
      ->check(WholeNumber(0, 86'400));
  AddFlag(study, "--json", &words->json, "One JSON object, with whole pools");
  AddFlag(study, "--keep", &words->keep,
          "Leave it in the spool: run or send deliver it");
}

}  // namespace

void AddStudy(CLI::App* app, Invocation* invocation) {
  auto* study = app->add_subcommand(
      "study",
      "Examples:\n"
      "  taster-probe study www.example.com --canary 198.51.100.9\n"
      "  taster-probe study www.example.com --canary 198.51.100.9 --type "
      "AAAA --json\n\n"
      "For researchers, profiles control and lab. Asks a silent host of "
      "yours for NAME in many ways and reports who replies: flags, TTLs, "
      "letter case, forged types, the longest name, and the pool of "
      "addresses with its order, period and processes. Everything is "
      "recorded; the collector judges.");
  auto words = std::make_shared<StudyWords>();
  AddWords(study, words.get());
  study->callback([invocation, words] {
    invocation->run = [invocation, words] {
      return Study(*invocation, *words);
    };
  });
}

}  // namespace taster::cli
