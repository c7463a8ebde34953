// SPDX-License-Identifier: Apache-2.0
// Finds, reads and checks the configuration file and the target list.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "probe/cli/config.h"
#include "probe/cli/exit_code.h"
#include "probe/plan/target_list.h"

namespace taster::cli {

// A regular file's content; never waits on a pipe, never follows a link in
// the last part of the path. FailedPrecondition, NotFound.
absl::StatusOr<std::string> ReadPlainFile(const std::filesystem::path& path,
                                          std::size_t max_bytes);

// `given`, else /etc/taster/probe.toml, else ~/.config/taster/probe.toml.
// Empty when there is none.
std::filesystem::path FindConfig(const std::filesystem::path& given);

// The configuration, checked against policy and its state directory's state.
// The refusal has the file, the line, and exit code 78 or 77.
std::variant<Config, Refusal> LoadConfig(const std::filesystem::path& given);

// The names to ask for; exit code 65 when the list is not to be used. Entries
// that were left out are told on stderr.
std::variant<std::vector<dns::Name>, Refusal> LoadTargets(const Config& config);

}  // namespace taster::cli
