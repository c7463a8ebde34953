// SPDX-License-Identifier: Apache-2.0
// Renders page documents: for one request, or many of a kind at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/serve/page.h"
#include "collector/serve/release.h"
#include "collector/store/pub_reader.h"

namespace taster::serve {

// The documents of pages of one kind, in the order of `keys`; an empty text
// where nothing is published under a key. All of one moment if `reader` is in a
// snapshot. The same bytes whether asked for alone or with others.
absl::StatusOr<std::vector<std::string>> RenderDocuments(
    const PageKind& kind, const std::vector<PageName>& pages,
    const Release& release, store::PubReader& reader);

// How a section's SQL is asked.
struct Asked {
  std::size_t key_parts = 0;
  // Of a network whose AS is not known: then no page of another is with it.
  bool unknown_asn = false;
};
// Without key parts the SQL itself. Else it takes arrays of them ($2, $3 for
// @1, @2), and each row begins with the number of its key, counted from 1.
std::string SectionSql(const Section& section, const Asked& asked);

// {"columns":[...],"rows":[...]} of the rules that judge.
std::string RulesJson();

}  // namespace taster::serve
