// SPDX-License-Identifier: Apache-2.0
// What an unpacked npm package says of itself.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace taster::reference {

struct PackageVersion {
  std::string name;     // "@ip-location-db/asn".
  std::string version;  // "2.3.2026061719".
  // The day that the version's last number begins with; absent where it does
  // not: an ordinary version says nothing of the data's day.
  std::optional<std::chrono::sys_days> day;
};

// From package.json in `directory`; nullopt when there is none that has a name
// and a version.
std::optional<PackageVersion> ReadPackageVersion(
    const std::filesystem::path& directory);

}  // namespace taster::reference
