// SPDX-License-Identifier: Apache-2.0
// Runs another program to its end and keeps what it said.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace taster::store {

struct Finished {
  int exit_code = 0;   // 128 + signal when a signal ended it.
  std::string output;  // The last 16 KiB of stdout and stderr together.
};

// Runs `argv` (argv[0] is looked for in PATH unless it holds a slash) without
// a shell, with exactly `environment` ("NAME=value"), stdin empty and no other
// descriptor of ours. NotFound when there is no such program.
absl::StatusOr<Finished> Run(const std::vector<std::string>& argv,
                             const std::vector<std::string>& environment);

// Our own environment without the variables whose name begins with one of
// `dropped_prefixes`.
std::vector<std::string> EnvironmentWithout(
    const std::vector<std::string>& dropped_prefixes);

// For messages: the last lines of `text`, at most 1 KiB.
std::string LastLines(const std::string& text);

}  // namespace taster::store
