// SPDX-License-Identifier: Apache-2.0
// What a sweep is to do, and what came of it, for people and for programs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "probe/cli/progress.h"
#include "probe/cli/sweep_counts.h"
#include "proto/net/endpoint.h"

namespace taster::cli {

struct SweepOptions {
  std::string names;  // A path; "-": standard input.
  std::vector<net::Endpoint> canaries;
  std::uint16_t qtype = 1;
  double rate = 1000;            // Queries per second.
  std::filesystem::path resume;  // Empty: nobody wants to go on later.
  ProgressStyle progress = ProgressStyle::kQuiet;
};

struct SweepSummary {
  SweepCounts counts;
  bool complete = false;  // The whole list.
};

// A stable word for programs, such as "single_label".
const char* WordOf(plan::BadName why);

std::string SweepText(const SweepSummary& summary);
// One JSON object.
std::string SweepJson(const SweepOptions& what, const SweepSummary& summary);

}  // namespace taster::cli
