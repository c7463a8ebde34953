// SPDX-License-Identifier: Apache-2.0
// The state of what is published, and what every answer says of itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "collector/store/text_table.h"

namespace taster::serve {

// The one row of pub.release.
struct Release {
  // A hash of the whole row: what was rendered under the same stamp is still
  // the same.
  std::string stamp{};
  std::string update_time{};  // "2026-11-22T12:00:00Z"; empty: nothing yet.
  std::string first_day{};    // Empty: nothing yet.
  std::string last_day{};
  std::string ruleset{};
  std::string licence{};
  std::string citation{};
  std::string attribution{};
  std::string floor = "null";   // A number, or null.
  std::string probes = "null";  // Likewise.
};

extern const char kReleaseSql[];

// Of a table without rows: as if nothing were published yet.
Release ReadRelease(const store::TextTable& rows);

// What an answer's rows say of themselves.
struct Coverage {
  std::string from;  // Days; empty: the release's.
  std::string to;
  std::string probes;  // The most probes behind one row; empty: the release's.
  std::string ruleset{};  // Likewise.
};
// Of the first `count` rows.
Coverage CoverageOf(const store::TextTable& rows, std::size_t count);

// "\"period\":[...],\"probes\":...,...,\"attribution\":...", without brackets.
std::string MetaMembers(const Release& release, const Coverage& coverage);

}  // namespace taster::serve
