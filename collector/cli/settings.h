// SPDX-License-Identifier: Apache-2.0
// Where the collector keeps its state and which database it uses.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace taster::cli {

// Options that every command takes.
struct Settings {
  std::filesystem::path state_dir;   // Identity, embedded database, sockets.
  std::string database;              // libpq string; empty: embedded.
  std::filesystem::path schema_dir;  // The sqitch project.
  std::string user;                  // Whom to become when started by root.
  // What proofs by DNSSEC rest on; empty: the keys of the root.
  std::filesystem::path trust_anchor;
};

// /var/lib/taster for root and for the user `taster`, else
// ~/.local/state/taster.
std::filesystem::path DefaultStateDir();
// The sqitch project beside the program: of an installation
// (/usr/share/taster/schema), or of the source tree it was built in.
std::filesystem::path DefaultSchemaDir();

// PostgreSQL refuses root, and the collector needs no privilege: when started
// by root, makes the state directory for `settings.user` (or, for an existing
// one, takes its owner) and becomes that user for good. Does nothing for
// anybody else.
absl::Status DropRoot(const Settings& settings);

// The connection string by which a command beside `serve` reaches the
// database as `role`. NotFound when the embedded server does not run.
absl::StatusOr<std::string> ConnectionFor(const Settings& settings,
                                          std::string_view role);

}  // namespace taster::cli
