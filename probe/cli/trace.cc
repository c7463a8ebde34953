// SPDX-License-Identifier: Apache-2.0
// trace: at which step answers for a name begin; draws it, records it.
#include <algorithm>
#include <cinttypes>
#include <cstdio>

#include "probe/cli/commands.h"
#include "probe/cli/config_file.h"
#include "probe/cli/interrupt.h"
#include "probe/cli/ladder.h"
#include "probe/cli/log.h"
#include "probe/cli/terminal_text.h"
#include "probe/plan/target_name.h"
#include "proto/dns/presentation.h"

namespace taster::cli {
namespace {

constexpr std::uint16_t kDnsPort = 53;
// Whoever waits longer than this is told beforehand.
constexpr std::chrono::seconds kShortWait{10};

struct TraceWords {
  std::string name;
  std::string server;
  std::string type = "A";
  std::string max_hops = "30";
  std::string repeats = "3";
  std::string patience = "30";
  bool json = false;
  bool keep = false;
};

// What the words say, within the plan.
std::optional<Refusal> ReadWords(const TraceWords& words,
                                 const plan::PlanOptions& plan,
                                 plan::TraceOptions* what) {
  plan::BadName why = plan::BadName::kNone;
  const auto name = plan::ReadTargetName(words.name, &why);
  if (!name) {
    return Refusal{kUsage, words.name + " " + std::string(Explain(why))};
  }
  what->name = *name;
  what->control_name = plan.control_name;
  what->qtype = dns::TypeFromText(words.type);
  if (what->qtype == 0) return Refusal{kUsage, words.type + " is no type"};
  what->server = DefaultTraceServer(plan);
  if (!words.server.empty()) {
    const auto server = net::Endpoint::Parse(words.server, kDnsPort);
    if (!server || server->port == 0) {
      return Refusal{kUsage, words.server + " is no address"};
    }
    what->server = *server;
  }
  if (what->server.port == 0) {
    return Refusal{kUsage, "nobody to trace to: give --server"};
  }
  what->server_kind = KindOf(plan, what->server);
  what->max_hops = std::stoi(words.max_hops);
  what->repeats = std::stoi(words.repeats);
  return {};
}

// A volunteer agreed to the names of the list.
std::optional<Refusal> CheckName(const Config& config, const dns::Name& name) {
  if (config.plan.profile != plan::Profile::kVolunteer) return {};
  auto targets = LoadTargets(config);
  if (auto* refusal = std::get_if<Refusal>(&targets)) return *refusal;
  const auto& names = std::get<std::vector<dns::Name>>(targets);
  if (std::ranges::find(names, name) != names.end()) return {};
  return Refusal{kNotPermitted,
                 name.ToText() + " is not on this probe's target list"};
}

void TellWait(const plan::TraceBudget& budget) {
  if (budget.longest < kShortWait) return;
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(budget.longest);
  std::fprintf(
      stderr,
      "taster-probe: at this profile's pace this takes up to %" PRId64
      " minutes (%" PRIu64 " queries); less where the server is near\n",
      static_cast<std::int64_t>(minutes.count()), budget.most_questions);
}

void Print(const Ladder& ladder, bool json) {
  const std::string text = json ? LadderJson(ladder) + "\n"
                                : DrawLadder(ladder, LadderStyleOfOutput());
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

ExitCode Trace(const Invocation& invocation, const TraceWords& words) {
  auto opened = Station::Open(invocation.common, *invocation.edges);
  if (auto* refusal = std::get_if<Refusal>(&opened)) return Refuse(*refusal);
  auto& station = *std::get<std::unique_ptr<Station>>(opened);
  const auto& plan = station.config().plan;
  plan::TraceOptions what;
  if (const auto refusal = ReadWords(words, plan, &what)) {
    return Refuse(*refusal);
  }
  if (const auto refusal = CheckName(station.config(), what.name)) {
    return Refuse(*refusal);
  }
  if (auto status = plan::CheckTrace(plan, what); !status.ok()) {
    return Refuse({CodeOf(status), std::string(status.message())});
  }
  StartLog(/*quiet=*/true);
  WatchSignals();
  TellWait(BudgetOf(plan, what));
  const auto ladder = station.Trace(what);
  if (!ladder.ok()) {
    return Refuse(
        {CodeOf(ladder.status()),
         "the trace ended early: " + std::string(ladder.status().message())});
  }
  Print(*ladder, words.json);
  if (words.keep) return Finishing() ? kInterrupted : kDone;
  if (const auto refusal = station.StartSending(/*hold=*/false)) {
    return Refuse(*refusal);
  }
  return AwaitDelivery(
      &station, std::chrono::seconds(std::stoul(words.patience)), stderr);
}

void AddWords(CLI::App* trace, TraceWords* words) {
  trace->add_option("name", words->name, "The name to ask for")->required();
  trace->add_option("--server", words->server,
                    "ADDRESS[:PORT] to trace to; else the first resolver of "
                    "the configuration, else its first canary");
  trace->add_option("--type", words->type, "A, AAAA, HTTPS, NS, SOA or TXT");
  trace->add_option("--max-hops", words->max_hops, "Steps, at most")
      ->check(WholeNumber(1, plan::kMostHops));
  trace->add_option("--repeats", words->repeats, "Queries a step and name")
      ->check(WholeNumber(plan::kLeastRepeats, plan::kMostRepeats));
  trace
      ->add_option("--patience", words->patience,
                   "Seconds of failing before giving up on the collector")
      ->check(WholeNumber(0, 86'400));
  AddFlag(trace, "--json", &words->json, "One JSON object");
  AddFlag(trace, "--keep", &words->keep,
          "Leave it in the spool: run or send deliver it");
}

}  // namespace

void AddTrace(CLI::App* app, Invocation* invocation) {
  auto* trace = app->add_subcommand(
      "trace",
      "Examples:\n  taster-probe trace www.example.com\n"
      "  taster-probe trace www.example.com --server 192.0.2.53 --type AAAA\n"
      "  taster-probe trace www.example.com --json --keep\n\n"
      "Asks one server for NAME with IP TTL 1, 2, 3, ... and for the control "
      "name beside it, all from one port, and draws at which step answers "
      "begin and which routers say that the query expired. Your own first "
      "routers are neither shown nor recorded. The collector works out where "
      "an injector sits.");
  auto words = std::make_shared<TraceWords>();
  AddWords(trace, words.get());
  trace->callback([invocation, words] {
    invocation->run = [invocation, words] {
      return Trace(*invocation, *words);
    };
  });
}

}  // namespace taster::cli
