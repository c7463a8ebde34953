// SPDX-License-Identifier: Apache-2.0
// A study's report for people and for programs.
#pragma once

#include <string>

#include "probe/cli/study_run.h"
#include "probe/study/report.h"

namespace taster::cli {

// Lines of text, each ended.
std::string StudyText(const StudyOptions& what, const study::Report& report);

// One JSON object.
std::string StudyJson(const StudyOptions& what, const study::Report& report);

// "ordered", "random", "single", "undecided".
const char* ToText(study::PoolKind kind);
// "fixed", "counting", "spread", "none".
const char* ToText(study::SeriesKind kind);

}  // namespace taster::cli
