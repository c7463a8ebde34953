// SPDX-License-Identifier: Apache-2.0
// The frame around the commands.
#include "probe/cli/command_line.h"

#include <cstdio>
#include <string>

#include "probe/cli/commands.h"
#include "probe/cli/process.h"
#include "probe/cli/terminal_text.h"
#include "probe/cli/version.h"

namespace taster::cli {
namespace {

constexpr char kAbout[] =
    R"(Examples:
  taster-probe consent show              what you would agree to
  taster-probe consent accept            agree to it
  taster-probe key                       the line that enrols this probe
  taster-probe dry-run                   every question, without asking it
  taster-probe once                      one round, then wait until it is sent
  taster-probe trace www.example.com     at which step answers begin
  taster-probe study www.example.com --canary 198.51.100.9
                                         who injects, in every detail
  taster-probe sweep --help              a list of any length
  taster-probe run                       rounds for ever, as a service does
  taster-probe status                    how it goes

Asks DNS servers for the names on your list, keeps every answer that comes back
and hands them to a collector. Nothing is sent before consent was given.
Data goes to stdout, messages to stderr.
Exit codes: 0 done, 64 usage, 65 bad list or spool, 69 collector out of reach
(data is safe), 70 internal, 75 try later, 77 consent or permission missing,
78 configuration, 130 interrupted.)";

ExitCode Complain(const CLI::ParseError& error, const CLI::App& app) {
  // Only the first line: the rest repeats the help.
  std::string message = error.what();
  message = message.substr(0, message.find('\n'));
  std::fprintf(stderr, "taster-probe: %s; see taster-probe%s --help\n",
               Printable(message).c_str(),
               app.get_subcommands().empty()
                   ? ""
                   : (" " + app.get_subcommands().front()->get_name()).c_str());
  return kUsage;
}

// stdout may be a closed pipe ("| head"): that is the reader's wish.
int FlushQuietly(ExitCode code) {
  std::fflush(stdout);
  return code;
}

void AddCommands(CLI::App* app, Invocation* invocation) {
  AddRun(app, invocation);
  AddOnce(app, invocation);
  AddTrace(app, invocation);
  AddStudy(app, invocation);
  AddSweep(app, invocation);
  AddSend(app, invocation);
  AddStatus(app, invocation);
  AddDryRun(app, invocation);
  AddConsent(app, invocation);
  AddKey(app, invocation);
  AddConfig(app, invocation);
}

}  // namespace

CLI::Option* AddFlag(CLI::App* app, const std::string& name, bool* into,
                     const std::string& what) {
  return app->add_flag(name, *into, what)
      ->multi_option_policy(CLI::MultiOptionPolicy::Throw)
      ->disable_flag_override();
}

CLI::Validator WholeNumber(unsigned least, unsigned most) {
  return CLI::Validator(
      [least, most](const std::string& text) -> std::string {
        const bool digits = !text.empty() && text.size() <= 9 &&
                            text.find_first_not_of("0123456789") == text.npos;
        if (digits && std::stoul(text) >= least && std::stoul(text) <= most) {
          return {};
        }
        return "must be a whole number from " + std::to_string(least) + " to " +
               std::to_string(most);
      },
      "NUMBER");
}

int RunCommandLine(int argc, const char* const* argv, const Edges& edges) {
  PrepareProcess();
  Invocation invocation;
  invocation.edges = &edges;
  CLI::App app(kAbout, "taster-probe");
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", "taster-probe " + std::string(kVersion) +
                                        " (protocol taster.v1)");
  app.add_option("--config", invocation.common.config,
                 "Configuration file; else /etc/taster/probe.toml, else "
                 "~/.config/taster/probe.toml");
  AddFlag(&app, "--allow-root", &invocation.common.allow_root,
          "Run as root, in a closed lab");
  AddCommands(&app, &invocation);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0)
      return FlushQuietly(ExitCode(app.exit(error)));
    return Complain(error, app);
  }
  return FlushQuietly(invocation.run());
}

}  // namespace taster::cli
