// SPDX-License-Identifier: Apache-2.0
// Finds tables of networks in a directory by the names of their files.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/reference/range_scanner.h"

namespace taster::reference {

struct RangeFile {
  std::filesystem::path path;
  net::Family family = net::Family::kIpv4;
  RangeForm form = RangeForm::kText;
};

// One table: at most one file for each family, or one MMDB file for both.
struct TableFiles {
  std::filesystem::path directory;
  std::string name;               // "asn-country".
  std::vector<RangeFile> ranges;  // IPv4 first.
  std::filesystem::path mmdb;     // Empty unless `ranges` is.
};

struct NetworkFiles {
  std::optional<TableFiles> origins;
  std::optional<TableFiles> countries;
};

// Looks in `directory` and in the directories right below it, as npm unpacks
// @ip-location-db/asn and its siblings: NAME-ipv4.csv and NAME-ipv6.csv, else
// NAME-ipv4-num.csv and NAME-ipv6-num.csv, else NAME.mmdb, where NAME ends
// with "asn" or with "country". Errors: NotFound when there is neither;
// InvalidArgument when two tables say the same kind of thing.
absl::StatusOr<NetworkFiles> FindNetworkFiles(
    const std::filesystem::path& directory);

}  // namespace taster::reference
