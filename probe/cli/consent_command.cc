// SPDX-License-Identifier: Apache-2.0
// consent: shows the text, and writes down that a person agreed to it.
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <string>

#include "probe/cli/commands.h"
#include "probe/cli/config_file.h"
#include "probe/cli/terminal_text.h"
#include "probe/consent/consent.h"
#include "probe/consent/state_file.h"
#include "probe/consent/text.h"

namespace taster::cli {
namespace {

// What was agreed to here; "null" also where nothing is configured.
std::string AcceptedJson(const CommonOptions& common) {
  const auto loaded = LoadConfig(common.config);
  const auto* config = std::get_if<Config>(&loaded);
  if (!config) return "null";
  const auto consent = consent::Read(config->state_dir);
  if (!consent.ok()) return "null";
  const bool checks = consent->level == consent::Level::kChecks;
  return "{\"version\":" + std::to_string(consent->version) +
         ",\"checks\":" + (checks ? "true" : "false") + "}";
}

ExitCode Show(const CommonOptions& common, bool json) {
  const std::string text(consent::Text());
  if (json) {
    std::printf(
        "{\"version\":%d,\"language\":\"%s\",\"text_blake2b\":\"%s\","
        "\"accepted\":%s,\"text\":",
        consent::kTextVersion, consent::kLanguage.data(),
        envelope::ToHex(consent::TextHash()).c_str(),
        AcceptedJson(common).c_str());
    std::printf("%s}\n", JsonText(text).c_str());
    return kDone;
  }
  std::fputs(text.c_str(), stdout);
  return kDone;
}

// End of input, or any other words, are a no.
bool TypedAgreement(bool checks) {
  std::fputs(std::string(consent::Text()).c_str(), stderr);
  std::fprintf(stderr, "\nTo agree%s, type: %s\n> ",
               checks ? ", with checks" : ", without checks",
               consent::kConfirmation.data());
  std::string typed;
  return std::getline(std::cin, typed) && typed == consent::kConfirmation;
}

struct AcceptOptions {
  std::string version;
  bool checks = false;
};

ExitCode Accept(const CommonOptions& common, const AcceptOptions& options) {
  if (const auto refusal = RefuseRoot(common)) return Refuse(*refusal);
  auto loaded = LoadConfig(common.config);
  if (auto* refusal = std::get_if<Refusal>(&loaded)) return Refuse(*refusal);
  const auto& state_dir = std::get<Config>(loaded).state_dir;
  int agreed_to = consent::kTextVersion;
  if (!options.version.empty()) {
    agreed_to = std::stoi(options.version);
  } else if (::isatty(STDIN_FILENO) == 0) {
    return Refuse({kNotPermitted,
                   "nobody is at the terminal: read `taster-probe consent "
                   "show`, then `taster-probe consent accept --version " +
                       std::to_string(consent::kTextVersion) + "`"});
  } else if (!TypedAgreement(options.checks)) {
    return Refuse({kNotPermitted, "not agreed: nothing will be sent"});
  }
  auto status = consent::PrepareStateDirectory(state_dir);
  if (!status.ok()) {
    return Refuse({kBadConfiguration, std::string(status.message())});
  }
  status = consent::Accept(
      state_dir, agreed_to,
      std::chrono::floor<std::chrono::seconds>(
          std::chrono::system_clock::now()),
      options.checks ? consent::Level::kChecks : consent::Level::kQuestions);
  if (absl::IsInvalidArgument(status)) {
    return Refuse({kNotPermitted, std::string(status.message())});
  }
  if (!status.ok()) {
    return Refuse({kBadConfiguration, std::string(status.message())});
  }
  std::fprintf(stderr, "taster-probe: consent to version %d written\n",
               agreed_to);
  return kDone;
}

void AddShow(CLI::App* consent, Invocation* invocation) {
  auto* show = consent->add_subcommand("show", "Prints the text");
  auto json = std::make_shared<bool>(false);
  AddFlag(show, "--json", json.get(), "One JSON object");
  show->callback([invocation, json] {
    invocation->run = [invocation, json] {
      return Show(invocation->common, *json);
    };
  });
}

void AddAccept(CLI::App* consent, Invocation* invocation) {
  auto* accept = consent->add_subcommand(
      "accept",
      "Asks for typed agreement at the terminal. Without a terminal, only "
      "--version N of the text that was read.");
  auto options = std::make_shared<AcceptOptions>();
  // This --version is the text's, not the program's.
  accept->add_option("--version", options->version, "Version that was read")
      ->check(WholeNumber(1, 1'000'000));
  AddFlag(accept, "--checks", &options->checks,
          "Agree to endpoint checks too; without it they are not agreed to");
  accept->callback([invocation, options] {
    invocation->run = [invocation, options] {
      return Accept(invocation->common, *options);
    };
  });
}

}  // namespace

void AddConsent(CLI::App* app, Invocation* invocation) {
  auto* consent = app->add_subcommand(
      "consent",
      "Examples:\n  taster-probe consent show\n  taster-probe consent accept\n"
      "\nShows what you agree to, and agrees. Nothing is sent before.");
  consent->require_subcommand(1);
  AddShow(consent, invocation);
  AddAccept(consent, invocation);
}

}  // namespace taster::cli
