// SPDX-License-Identifier: Apache-2.0
// The report for programs.
#pragma once

#include <string>
#include <vector>

#include "collector/store/batch_rows.h"
#include "collector/store/control_health.h"
#include "collector/store/report_reader.h"

namespace taster::cli {

// One JSON object with "format": "taster-report/1", the days, and "cells":
// one for each name, type and network; and "controls". Absent values are null.
std::string ReportJson(const store::ReportQuery& query,
                       const std::vector<store::ReportRow>& rows,
                       const std::vector<store::ControlHealthRow>& controls);

}  // namespace taster::cli
