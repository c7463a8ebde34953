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

// A section's SQL for one key ($2, $3 stand for @1, @2) or for arrays of them:
// then each row begins with the number of its key, counted from 1.
std::string SectionSql(const Section& section, std::size_t key_parts,
                       bool many);

// {"columns":[...],"rows":[...]} of the rules that judge.
std::string RulesJson();

}  // namespace taster::serve
