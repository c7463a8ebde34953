// SPDX-License-Identifier: Apache-2.0
// From a question to SQL: values as parameters only, identifiers from the
// catalogue only.
#pragma once

#include <string>
#include <vector>

#include "collector/serve/view_query.h"
#include "collector/store/pub_reader.h"
#include "collector/store/text_table.h"

namespace taster::serve {

struct Statement {
  std::string sql;
  store::Parameters parameters;
};

// Selects the columns asked for, then the key's as text with NULL as "",
// "-1" or "::", and one row more than the limit, which tells whether there is a
// next page.
Statement BuildSelect(const ViewQuery& query);

// The key of a row that BuildSelect's statement gave.
std::vector<std::string> KeyOf(const ViewQuery& query,
                               const store::TextTable& rows, std::size_t row);

}  // namespace taster::serve
