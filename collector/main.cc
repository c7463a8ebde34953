// SPDX-License-Identifier: Apache-2.0
// taster-collector: reads the command line and hands over to one command.

#include <CLI/CLI.hpp>

#include "collector/cli/commands.h"
#include "collector/cli/exit_code.h"
#include "collector/web_command_line.h"
#include "proto/envelope/sign.h"

namespace taster::cli {
namespace {

constexpr char kVersion[] = "taster-collector 0.1.0 (protocol taster.v1)";

constexpr char kExamples[] = R"(
Examples:
  taster-collector serve                        embedded PostgreSQL, port 8443
  taster-collector identity                     what a probe's configuration pins
  taster-collector enroll KEY --country CN --asn 4134
  taster-collector report                       which names get poisoned, and how
  taster-collector explain 3/4fd7.../17         one measurement, packet by packet
  taster-collector learn                        which pools evidence shows
  taster-collector rejudge --since 2026-11-01 --dry-run
  taster-collector judge --input answers.tsv.gz --asn-data asn/ --out -

Exit codes: 0 done, 64 usage, 65 bad data, 69 database unavailable, 70 internal,
77 permission missing, 78 configuration.
)";

struct Chosen {
  Settings settings;
  ServeOptions serve;
  EnrollOptions enroll;
  ReportOptions report;
  ExplainOptions explain;
  LearnOptions learn;
  RollUpOptions rollup;
  RejudgeOptions rejudge;
  JudgeOptions judge;
  WebOptions web;
  PublishOptions publish;
  bool no_seeds = false;
  bool json = false;
};

void AddCommon(CLI::App& app, Settings& settings) {
  app.add_option("--state-dir", settings.state_dir,
                 "Identity, embedded database and sockets")
      ->envname("TASTER_STATE_DIR")
      ->default_val(DefaultStateDir().string());
  app.add_option("--database", settings.database,
                 "A PostgreSQL 15 server (libpq connection string) instead of "
                 "the embedded one")
      ->envname("TASTER_DATABASE");
  app.add_option("--schema", settings.schema_dir, "The sqitch project")
      ->envname("TASTER_SCHEMA")
      ->default_val(DefaultSchemaDir().string());
  app.add_option("--user", settings.user,
                 "Whom to become when started by root (default: the state "
                 "directory's owner, else taster)");
  app.add_option("--trust-anchor", settings.trust_anchor,
                 "DS or DNSKEY records of the root, instead of its own")
      ->check(CLI::ExistingFile);
}

void AddFloor(CLI::App* command, int* floor) {
  command
      ->add_option("--floor", *floor,
                   "How many distinct probes must stand behind whatever is "
                   "published (default: as the database has it, first 5)")
      ->check(CLI::Range(1, 1000));
}

void AddRollUp(CLI::App& app, Chosen& chosen) {
  CLI::App* rollup =
      app.add_subcommand("rollup", "Bring what is published up to date, once");
  AddFloor(rollup, &chosen.rollup.floor);
  rollup
      ->add_option("--networks", chosen.rollup.networks,
                   "The tables of networks that `serve` was given")
      ->check(CLI::ExistingPath);
  rollup->add_flag("--json", chosen.rollup.json, "One JSON object");
}

void AddServe(CLI::App& app, Chosen& chosen) {
  CLI::App* serve =
      app.add_subcommand("serve", "Receive, judge and store measurements");
  serve->add_option("--listen", chosen.serve.listen, "Address and port")
      ->capture_default_str();
  serve
      ->add_option("--networks", chosen.serve.networks,
                   "Who announces which prefix: a directory such as the npm "
                   "package @ip-location-db/asn, an MMDB file, or "
                   "`prefix<TAB>asn` lines")
      ->check(CLI::ExistingPath);
  serve
      ->add_option("--canary-names", chosen.serve.canary_names,
                   "Names that every control must resolve to the addresses "
                   "behind them: `name address...` lines")
      ->check(CLI::ExistingFile);
  AddFloor(serve, &chosen.serve.floor);
  AddWebOptions(serve, &chosen.serve.web);
  serve->add_option("--log-format", chosen.serve.log_format, "logfmt or json")
      ->transform(CLI::CheckedTransformer(std::map<std::string, LogFormat>{
          {"logfmt", LogFormat::kLogfmt}, {"json", LogFormat::kJson}}));
}

void AddEnroll(CLI::App& app, Chosen& chosen) {
  CLI::App* enroll = app.add_subcommand(
      "enroll", "Admit a probe by the key that `taster-probe key` prints");
  enroll->add_option("key", chosen.enroll.key, "64 hex digits")->required();
  enroll->add_option("--role", chosen.enroll.role, "probe or control")
      ->check(CLI::IsMember({"probe", "control"}))
      ->capture_default_str();
  enroll
      ->add_option("--country", chosen.enroll.country,
                   "Of the probe's network, two letters")
      ->required();
  enroll->add_option("--asn", chosen.enroll.asn, "Of the probe's network")
      ->required();
}

void AddReaders(CLI::App& app, Chosen& chosen) {
  CLI::App* report = app.add_subcommand(
      "report", "Which names get poisoned, how, and by whom");
  report->add_option("--since", chosen.report.since,
                     "First day, such as 2026-11-22 (default: a week ago)");
  report->add_option("--until", chosen.report.until,
                     "Last day (default: today)");
  report->add_option("--name", chosen.report.name, "Only this name");
  report->add_flag("--all", chosen.report.all,
                   "Also names that are consistent");
  report->add_flag("--json", chosen.report.json, "One JSON object");
  CLI::App* explain = app.add_subcommand(
      "explain", "One measurement: every packet, every rule's finding");
  explain
      ->add_option("id", chosen.explain.id,
                   "VANTAGE/BATCH/ORDINAL, as `report --json` gives it")
      ->required();
  explain
      ->add_option("--networks", chosen.explain.networks,
                   "The tables of networks that `serve` was given")
      ->check(CLI::ExistingPath);
  explain->add_flag("--dnssec", chosen.explain.dnssec,
                    "What the name's answers are proved by: chains that "
                    "anybody can validate again");
  explain->add_flag("--json", chosen.explain.json, "One JSON object");
}

void AddLearn(CLI::App& app, Chosen& chosen) {
  LearnOptions& options = chosen.learn;
  CLI::App* learn = app.add_subcommand(
      "learn", "Find forged pools in stored evidence, and whose they are");
  CLI::Option* since = learn->add_option(
      "--since", options.since,
      "First day to learn from; with a day given, nothing is stored");
  CLI::Option* until =
      learn->add_option("--until", options.until, "Last day to learn from");
  learn
      ->add_option("--networks", options.networks,
                   "The tables of networks that `serve` was given")
      ->check(CLI::ExistingPath);
  CLI::Option* revoke =
      learn
          ->add_option("--revoke", options.revoke,
                       "Set this pool aside: no verdict rests on it")
          ->excludes(since)
          ->excludes(until);
  learn
      ->add_option("--restore", options.restore,
                   "Forget that this pool was revoked")
      ->excludes(revoke)
      ->excludes(since)
      ->excludes(until);
  learn->add_flag("--json", options.json, "One JSON object, with witnesses");
}

void AddRejudge(CLI::App& app, Chosen& chosen) {
  RejudgeOptions& options = chosen.rejudge;
  CLI::App* rejudge = app.add_subcommand(
      "rejudge", "Judge stored evidence by today's rules and say what changes");
  rejudge->add_option("--since", options.since,
                      "First day (default: the first with evidence)");
  rejudge->add_option("--until", options.until,
                      "Last day (default: the last with evidence)");
  rejudge->add_option("--domain", options.domain, "Only this target");
  rejudge
      ->add_option("--networks", options.networks,
                   "The tables of networks that `serve` was given")
      ->check(CLI::ExistingPath);
  rejudge->add_flag("--dry-run", options.dry_run,
                    "Only say it; replace no verdict");
  rejudge->add_flag("--json", options.json, "One JSON object");
}

void AddJudge(CLI::App& app, Chosen& chosen) {
  CLI::App* judge = app.add_subcommand(
      "judge", "Judge the answers in a file, without server or database");
  judge
      ->add_option("--input", chosen.judge.input,
                   "File, gzip or plain; - for the standard input")
      ->required();
  judge->add_option("--format", chosen.judge.format, "answers, ooni or taster")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, FileFormat>{{"answers", FileFormat::kAnswers},
                                            {"ooni", FileFormat::kOoni},
                                            {"taster", FileFormat::kTaster}}));
  judge
      ->add_option("--asn-data", chosen.judge.asn_data,
                   "Tables of who announces which prefix: a directory such as "
                   "the npm package @ip-location-db/asn, an MMDB or a text "
                   "file")
      ->check(CLI::ExistingPath);
  judge->add_flag("--no-seeds", chosen.no_seeds,
                  "Know no forged pool and no fingerprint beforehand");
  judge
      ->add_option("--out", chosen.judge.out,
                   "Tab-separated: id, class, mechanism, injector, rules; - "
                   "for the standard output")
      ->required();
  judge->add_option("--learned", chosen.judge.learned,
                    "Also write what was learned, with its reasons, as JSON");
  judge->add_flag("--keep-going", chosen.judge.keep_going,
                  "Judge the other lines when some are malformed");
}

int Run(const CLI::App& app, const Chosen& chosen) {
  const Settings& settings = chosen.settings;
  if (app.got_subcommand("validate-chain")) return ValidateChains(settings);
  // Touches no state: who runs it reads and writes their own files.
  if (app.got_subcommand("judge")) {
    JudgeOptions options = chosen.judge;
    if (!chosen.no_seeds) options.seeds = settings.schema_dir / "seed";
    return JudgeFile(options);
  }
  if (absl::Status status = DropRoot(settings); !status.ok()) {
    return Fail(status);
  }
  if (app.got_subcommand("serve")) return Serve(settings, chosen.serve);
  if (app.got_subcommand("web")) return Web(settings, chosen.web);
  if (app.got_subcommand("publish")) return Publish(settings, chosen.publish);
  if (app.got_subcommand("migrate")) return Migrate(settings);
  if (app.got_subcommand("enroll")) return Enroll(settings, chosen.enroll);
  if (app.got_subcommand("identity")) {
    return PrintIdentity(settings, chosen.json);
  }
  if (app.got_subcommand("rollup")) return RollUpOnce(settings, chosen.rollup);
  if (app.got_subcommand("learn")) return Learn(settings, chosen.learn);
  if (app.got_subcommand("rejudge")) return Rejudge(settings, chosen.rejudge);
  if (app.got_subcommand("report")) return Report(settings, chosen.report);
  return Explain(settings, chosen.explain);
}

int Main(int argc, char** argv) {
  CLI::App app("Judges and stores what probes witness of DNS poisoning.");
  app.footer(kExamples);
  app.set_version_flag("--version", kVersion);
  app.require_subcommand(1);
  app.fallthrough();
  Chosen chosen;
  AddCommon(app, chosen.settings);
  AddServe(app, chosen);
  app.add_subcommand("migrate", "Bring a --database server to this schema");
  app.add_subcommand("validate-chain",
                     "What `serve` has chains of DNSSEC validated in");
  AddEnroll(app, chosen);
  app.add_subcommand("identity", "Print what a probe's configuration pins")
      ->add_flag("--json", chosen.json, "One JSON object");
  AddReaders(app, chosen);
  AddLearn(app, chosen);
  AddRollUp(app, chosen);
  AddRejudge(app, chosen);
  AddJudge(app, chosen);
  AddWeb(app, &chosen.web);
  AddPublish(app, &chosen.publish);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kOk : kUsage;
  }
  envelope::Initialise();
  return Run(app, chosen);
}

}  // namespace
}  // namespace taster::cli

int main(int argc, char** argv) { return taster::cli::Main(argc, argv); }
