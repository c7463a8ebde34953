// SPDX-License-Identifier: Apache-2.0
// Reads MMDB files, the form in which MaxMind and DB-IP give tables away.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "absl/status/statusor.h"
#include "collector/reference/range_csv.h"

namespace taster::reference {

struct MmdbContent {
  RangeTable origins;    // autonomous_system_number, _organization.
  RangeTable countries;  // country.iso_code, else country_code.
  bool has_origins = false;
  bool has_countries = false;
  std::string type;               // "DBIP-ASN-Lite", as the file says.
  std::chrono::sys_days built{};  // Of its build; the epoch: not said.
};

// IPv4 addresses are those below ::/96; other places where such a file repeats
// them (::ffff:0:0/96, 2002::/16) are left out. Errors: NotFound when it cannot
// be opened; InvalidArgument when it is no such file, is damaged, or says
// neither AS nor country of any address.
absl::StatusOr<MmdbContent> ReadMmdb(const std::filesystem::path& path);

}  // namespace taster::reference
