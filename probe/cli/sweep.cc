// SPDX-License-Identifier: Apache-2.0
// sweep: a list of any length, asked of silent hosts of the operator's own.
#include <cstdio>

#include "probe/cli/commands.h"
#include "probe/cli/interrupt.h"
#include "probe/cli/log.h"
#include "probe/cli/sweep_summary.h"
#include "proto/dns/presentation.h"

namespace taster::cli {
namespace {

constexpr std::uint16_t kDnsPort = 53;
constexpr std::size_t kMostCanaries = 2;

struct SweepWords {
  std::string names;
  std::vector<std::string> canaries;
  std::string type = "A";
  std::string rate = "1000";
  std::string resume;
  std::string progress = "auto";
  std::string patience = "30";
  bool own = false;
  bool json = false;
  bool keep = false;
};

std::optional<Refusal> ReadWords(const SweepWords& words, SweepOptions* what) {
  what->names = words.names;
  for (const auto& text : words.canaries) {
    const auto canary = net::Endpoint::Parse(text, kDnsPort);
    if (!canary || canary->port == 0) {
      return Refusal{kUsage, text + " is no address"};
    }
    what->canaries.push_back(*canary);
  }
  if (what->canaries.size() > kMostCanaries ||
      (what->canaries.size() == kMostCanaries &&
       what->canaries[0] == what->canaries[1])) {
    return Refusal{kUsage, "--canary: one address, or two that differ"};
  }
  what->qtype = dns::TypeFromText(words.type);
  if (what->qtype == 0) return Refusal{kUsage, words.type + " is no type"};
  what->rate = std::stod(words.rate);
  what->resume = words.resume;
  what->progress = *ProgressFromText(words.progress);
  return {};
}

void Print(const SweepOptions& what, const SweepSummary& summary, bool json) {
  const std::string text =
      json ? SweepJson(what, summary) + "\n" : SweepText(summary);
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

ExitCode Sweep(const Invocation& invocation, const SweepWords& words) {
  auto opened = Station::Open(invocation.common, *invocation.edges);
  if (auto* refusal = std::get_if<Refusal>(&opened)) return Refuse(*refusal);
  auto& station = *std::get<std::unique_ptr<Station>>(opened);
  SweepOptions what;
  if (const auto refusal = ReadWords(words, &what)) return Refuse(*refusal);
  if (!words.own) {
    return Refuse({kNotPermitted,
                   "a sweep sends the whole list to one host: say "
                   "--i-own-the-canary if that host is yours"});
  }
  StartLog(/*quiet=*/true);
  WatchSignals();
  if (!words.keep) {
    if (const auto refusal = station.StartSending(/*hold=*/false)) {
      return Refuse(*refusal);
    }
  }
  SweepSummary summary;
  const auto swept = station.Sweep(what, &summary);
  Print(what, summary, words.json);
  const auto failed = CodeOf(swept);
  if (failed != kDone) {
    Refuse({failed, "the sweep ended early: " + std::string(swept.message())});
  }
  if (words.keep) {
    return failed != kDone ? failed : Finishing() ? kInterrupted : kDone;
  }
  const auto delivered = AwaitDelivery(
      &station, std::chrono::seconds(std::stoul(words.patience)), stderr);
  return failed != kDone ? failed : delivered;
}

void AddWords(CLI::App* sweep, SweepWords* words) {
  sweep
      ->add_option("--names", words->names,
                   "File with one name a line; - is standard input")
      ->required();
  sweep
      ->add_option("--canary", words->canaries,
                   "ADDRESS[:PORT] of your own host behind the censor, which "
                   "runs no DNS; twice for two of them")
      ->required()
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  sweep->add_option("--type", words->type, "A, AAAA, HTTPS, NS, SOA or TXT");
  sweep
      ->add_option("--rate", words->rate,
                   "Queries per second; control 6,000 at most")
      ->check(WholeNumber(1, 1'000'000));
  sweep->add_option("--resume", words->resume,
                    "File that keeps where the sweep stands; if it is there, "
                    "the sweep goes on from it");
  sweep
      ->add_option("--progress", words->progress,
                   "auto, plain or quiet; on stderr")
      ->check(CLI::IsMember({"auto", "plain", "quiet"}));
  sweep
      ->add_option("--patience", words->patience,
                   "Seconds of failing before giving up on the collector")
      ->check(WholeNumber(0, 86'400));
  AddFlag(sweep, "--i-own-the-canary", &words->own,
          "You state that each canary is your own host");
  AddFlag(sweep, "--json", &words->json, "The summary as one JSON object");
  AddFlag(sweep, "--keep", &words->keep,
          "Leave it in the spool: run or send deliver it");
}

}  // namespace

void AddSweep(CLI::App* app, Invocation* invocation) {
  auto* sweep = app->add_subcommand(
      "sweep",
      "Examples:\n"
      "  taster-probe sweep --names top-1m.txt --canary 198.51.100.9 "
      "--i-own-the-canary\n"
      "  zcat zones.gz | taster-probe sweep --names - --canary 198.51.100.9 "
      "--rate 4000 --resume sweep.state --json --i-own-the-canary\n\n"
      "For researchers, profiles control and lab. Asks a silent host of yours "
      "for every name of a list of any length and keeps each reply: whatever "
      "replies is an injector. Names without a reply are counts. A canary that "
      "answers for the control name ends it. Ctrl-C finishes what is open; "
      "with --resume the same command goes on later.");
  auto words = std::make_shared<SweepWords>();
  AddWords(sweep, words.get());
  sweep->callback([invocation, words] {
    invocation->run = [invocation, words] {
      return Sweep(*invocation, *words);
    };
  });
}

}  // namespace taster::cli
