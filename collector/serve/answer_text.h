// SPDX-License-Identifier: Apache-2.0
// Rows of a view as JSON, CSV (RFC 4180) or JSON Lines.
#pragma once

#include <string>
#include <string_view>

#include "collector/serve/release.h"
#include "collector/serve/view_query.h"
#include "collector/store/text_table.h"

namespace taster::serve {

// `rows` are of BuildSelect's statement: the first `count` of them are the
// page, the first columns are those asked for. `next` is the cursor of the next
// page; empty: there is none.
struct RowPage {
  const store::TextTable& rows;
  std::size_t count = 0;
  std::string next{};
};

// {"view","count","next","period","probes",...}: what every answer says of
// itself; CSV and JSON Lines carry it in a header of HTTP.
std::string MetaJson(const ViewQuery& query, const RowPage& page,
                     const Release& release);

// The same in ASCII, for a header: every other character is escaped.
std::string HeaderText(std::string_view json);

std::string JsonAnswer(const ViewQuery& query, const RowPage& page,
                       std::string_view meta);
// Cells that a spreadsheet would take for a formula get a ' in front; elements
// of arrays are separated by blanks; NULL is empty.
std::string CsvAnswer(const ViewQuery& query, const RowPage& page);
std::string JsonLinesAnswer(const ViewQuery& query, const RowPage& page);

}  // namespace taster::serve
