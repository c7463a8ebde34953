// SPDX-License-Identifier: Apache-2.0
// The collector's commands, one file each. Every one returns an exit code.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "collector/cli/log.h"
#include "collector/cli/settings.h"
#include "collector/cli/web_commands.h"

namespace taster::cli {

struct ServeOptions {
  std::string listen = "[::]:8443";
  std::filesystem::path networks;  // Prefix to AS; empty: none known.
  // Names whose answers are known, to tell whether controls do; empty: none.
  std::filesystem::path canary_names;
  int floor = 0;   // Probes behind what is published; 0: as it was.
  WebOptions web;  // Where what is published is shown; its log is not used.
  LogFormat log_format = LogFormat::kLogfmt;
};
int Serve(const Settings& settings, const ServeOptions& options);

int Migrate(const Settings& settings);

struct RollUpOptions {
  int floor = 0;                   // As ServeOptions::floor.
  std::filesystem::path networks;  // As ServeOptions::networks.
  bool json = false;
};
// What `serve` does every few seconds.
int RollUpOnce(const Settings& settings, const RollUpOptions& options);

// Validates chains for who started it, on standard input and output.
int ValidateChains(const Settings& settings);

struct EnrollOptions {
  std::string key;  // 64 hex digits.
  std::string role = "probe";
  std::string country;
  std::uint32_t asn = 0;
};
int Enroll(const Settings& settings, const EnrollOptions& options);

// Prints what a probe's configuration pins.
int PrintIdentity(const Settings& settings, bool json);

struct ReportOptions {
  std::string since;  // "2026-11-22"; empty: the last seven days.
  std::string until;
  std::string name;
  bool all = false;  // Also what is consistent.
  bool json = false;
};
int Report(const Settings& settings, const ReportOptions& options);

struct ExplainOptions {
  std::string id;  // "VANTAGE/BATCH/ORDINAL", as `report --json` prints it.
  std::filesystem::path networks;  // As ServeOptions::networks.
  bool dnssec = false;             // Only what its answer is proved by.
  bool json = false;
};
int Explain(const Settings& settings, const ExplainOptions& options);

struct LearnOptions {
  std::string since;  // "2026-11-22"; with a day given, nothing is stored.
  std::string until;
  std::filesystem::path networks;  // As ServeOptions::networks.
  std::string revoke;              // A pool to set aside; empty: none.
  std::string restore;             // A revoked pool; empty: none.
  bool json = false;
};
int Learn(const Settings& settings, const LearnOptions& options);

struct RejudgeOptions {
  std::string since;   // "2026-11-22"; empty: the first day that has evidence.
  std::string until;   // Empty: the last.
  std::string domain;  // Only this target; empty: all.
  std::filesystem::path networks;  // As ServeOptions::networks.
  bool dry_run = false;
  bool json = false;
};
int Rejudge(const Settings& settings, const RejudgeOptions& options);

enum class FileFormat : std::uint8_t { kAnswers, kOoni, kTaster };
struct JudgeOptions {
  std::string input;  // "-": the standard input.
  FileFormat format = FileFormat::kAnswers;
  std::filesystem::path asn_data;  // As ServeOptions::networks.
  std::filesystem::path seeds;     // Directory; empty: no pool is known.
  std::string out;                 // "-": the standard output.
  std::string learned;             // What was learned, as JSON; empty: not.
  bool keep_going = false;         // Past lines that are not as they should be.
};
int JudgeFile(const JudgeOptions& options);

}  // namespace taster::cli
