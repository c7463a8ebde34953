// SPDX-License-Identifier: Apache-2.0
// Reads tables of address ranges: who announces them, and their country.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "collector/judge/prefix_table.h"
#include "collector/reference/client_subnets.h"
#include "collector/reference/range_scanner.h"

namespace taster::reference {

// One file's text, and how to read it.
struct RangeText {
  std::string name;  // For errors: the file's path.
  std::string_view text;
  net::Family family = net::Family::kIpv4;
  RangeForm form = RangeForm::kText;
};

// What several files add up to.
struct RangeTable {
  judge::PrefixTable::RangeBuilder ranges;
  absl::flat_hash_map<std::uint32_t, std::string> owners;
  ClientSubnets subnets;     // Of origins only.
  std::size_t disputes = 0;  // Stretches given to two owners.
};

// Of a table with at least this many lines a dispute is one range in so many;
// any more is an error, and so is a single one in a smaller table.
inline constexpr std::size_t kLinesADispute = 10'000;

// Lines are `first,last,asn,"organisation"`; quotes only where RFC 4180 needs
// them. Errors: InvalidArgument with file and line for what is malformed, not
// in ascending order, or overlaps the line before.
absl::Status ReadOrigins(const RangeText& file, RangeTable* into);

// Lines are `first,last,CC`; "ZZ" is "not known". Errors as ReadOrigins.
absl::Status ReadCountries(const RangeText& file, RangeTable* into);

}  // namespace taster::reference
