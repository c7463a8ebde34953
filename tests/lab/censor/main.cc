// SPDX-License-Identifier: Apache-2.0
// lab-wire: a link between two interfaces with a censor on it.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "tests/lab/censor/event_loop.h"
#include "tests/lab/censor/rules.h"

namespace {

struct Options {
  std::string rules;
  std::string left;
  std::string right;
  std::string truth;
  double delay_ms = 5;
  double loss = 0;
  double duplication = 0;
  double reordering = 0;
  std::uint64_t seed = 1;
};

// sysexits(3).
constexpr int kUsage = 64;
constexpr int kInternal = 70;
constexpr int kNoPermission = 77;
constexpr int kConfiguration = 78;

int ExitCodeFor(const absl::Status& status) {
  if (status.ok()) return 0;
  std::fprintf(stderr, "lab-wire: %s\n", status.ToString().c_str());
  if (absl::IsPermissionDenied(status)) return kNoPermission;
  if (absl::IsInvalidArgument(status) || absl::IsNotFound(status)) {
    return kConfiguration;
  }
  return kInternal;
}

absl::Status Run(const Options& options) {
  namespace lab = taster::lab;
  absl::StatusOr<lab::Rules> rules = lab::LoadRules(options.rules);
  if (!rules.ok()) return rules.status();
  lab::Link left;
  lab::Link right;
  lab::TruthLog truth_log;
  for (const absl::Status& status :
       {left.Open(options.left), right.Open(options.right),
        truth_log.Open(options.truth)}) {
    if (!status.ok()) return status;
  }
  lab::Censor censor(*std::move(rules), options.seed);
  const lab::Wire::Parts parts{left, right, censor, truth_log};
  const auto delay_ns = static_cast<std::int64_t>(options.delay_ms * 1e6);
  lab::Wire wire(parts, {.one_way_delay = std::chrono::nanoseconds(delay_ns),
                         .loss = options.loss,
                         .duplication = options.duplication,
                         .reordering = options.reordering,
                         .seed = options.seed});
  const absl::Status status = lab::RunUntilSignal(wire, parts);
  const lab::WireCounts counts = wire.counts();
  std::fprintf(stderr,
               "carried=%llu forged=%llu swallowed=%llu lost=%llu "
               "overflowed=%llu\n",
               static_cast<unsigned long long>(counts.carried),
               static_cast<unsigned long long>(counts.forged),
               static_cast<unsigned long long>(counts.swallowed),
               static_cast<unsigned long long>(counts.lost),
               static_cast<unsigned long long>(counts.overflowed));
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("A link between two interfaces, with a censor on it.");
  app.add_option("--rules", options.rules, "Rules file")->required();
  app.add_option("--left", options.left, "Interface towards the censored")
      ->required();
  app.add_option("--right", options.right, "Interface towards the world")
      ->required();
  app.add_option("--truth", options.truth, "File to record forgeries in")
      ->required();
  app.add_option("--delay-ms", options.delay_ms, "One-way delay")
      ->check(CLI::Range(0.0, 10'000.0));
  app.add_option("--loss", options.loss, "Share of frames lost")
      ->check(CLI::Range(0.0, 1.0));
  app.add_option("--duplication", options.duplication, "Share that comes twice")
      ->check(CLI::Range(0.0, 1.0));
  app.add_option("--reordering", options.reordering, "Share held back")
      ->check(CLI::Range(0.0, 1.0));
  app.add_option("--seed", options.seed, "Seed of every random choice");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  return ExitCodeFor(Run(options));
}
