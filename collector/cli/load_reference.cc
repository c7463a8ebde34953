// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/load_reference.h"

#include <chrono>
#include <system_error>

#include "collector/reference/build_reference.h"
#include "collector/reference/read_networks.h"
#include "collector/store/reference_store.h"

namespace taster::cli {
namespace {

namespace fs = std::filesystem;

// The day that a file or directory was last written on; the epoch where
// nothing is there.
std::chrono::sys_days WrittenOn(const fs::path& path) {
  std::error_code error;
  const auto written = fs::last_write_time(path, error);
  std::chrono::sys_days day;
  if (!error) {
    day = std::chrono::floor<std::chrono::days>(
        std::chrono::file_clock::to_sys(written));
  }
  return day;
}

}  // namespace

absl::StatusOr<reference::Networks> LoadNetworks(const fs::path& path) {
  if (path.empty()) return reference::Networks();
  return reference::ReadNetworks(path, WrittenOn(path));
}

absl::StatusOr<judge::Reference> LoadReference(
    const std::string& connection, const reference::Networks& networks) {
  const auto rows = store::LoadReference(connection);
  if (!rows.ok()) return rows.status();
  auto reference = reference::BuildReference(*rows, {});
  if (reference.ok()) reference::AddNetworks(networks, &*reference);
  return reference;
}

}  // namespace taster::cli
