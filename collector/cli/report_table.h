// SPDX-License-Identifier: Apache-2.0
// The report as a table for a terminal.
#pragma once

#include <string>
#include <vector>

#include "collector/store/report_reader.h"

namespace taster::cli {

// A line a row, columns aligned, then a summary. Names are escaped already;
// nothing in it can move a cursor. Says what to do when there are no rows.
std::string ReportTable(const std::vector<store::ReportRow>& rows);

}  // namespace taster::cli
