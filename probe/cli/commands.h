// SPDX-License-Identifier: Apache-2.0
// One function a command; each adds itself to the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>
#include <string>

#include "probe/cli/edges.h"
#include "probe/cli/station.h"

namespace taster::cli {

// What the command line asked for. Filled while parsing, run afterwards.
struct Invocation {
  CommonOptions common;
  const Edges* edges = nullptr;
  std::function<ExitCode()> run;
};

// `app` and `invocation` must live until the command has run.
void AddRun(CLI::App* app, Invocation* invocation);
void AddOnce(CLI::App* app, Invocation* invocation);
void AddTrace(CLI::App* app, Invocation* invocation);
void AddStudy(CLI::App* app, Invocation* invocation);
void AddSweep(CLI::App* app, Invocation* invocation);
void AddSend(CLI::App* app, Invocation* invocation);
void AddStatus(CLI::App* app, Invocation* invocation);
void AddDryRun(CLI::App* app, Invocation* invocation);
void AddConsent(CLI::App* app, Invocation* invocation);
void AddKey(CLI::App* app, Invocation* invocation);
void AddConfig(CLI::App* app, Invocation* invocation);

// A flag that may be given once.
CLI::Option* AddFlag(CLI::App* app, const std::string& name, bool* into,
                     const std::string& what);

// Digits only: no sign, exponent, hexadecimal or blank.
CLI::Validator WholeNumber(unsigned least, unsigned most);

// Waits until the spool is empty or sending is hopeless for now; tells what
// waits on stderr and the totals on `totals`.
ExitCode AwaitDelivery(Station* station, std::chrono::seconds patience,
                       std::FILE* totals = stdout);

}  // namespace taster::cli
