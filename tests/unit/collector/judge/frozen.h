// SPDX-License-Identifier: Apache-2.0
// The frozen files of the judge's tests: where they are, how they are made.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/unit/collector/judge/case_text.h"

namespace taster::judge {

std::string ReadText(const std::filesystem::path& path);
void WriteText(const std::filesystem::path& path, const std::string& text);

// Files named case.txt below tests/golden, or all below tests/vectors.
std::vector<std::filesystem::path> GoldenCases();
std::vector<std::filesystem::path> VectorCases();

// The file's text with its dump brought up to date: the lines at the top that
// start with "# ", up to the first empty line. Lines that start with "## " are
// its author's and stay.
std::string WithDump(const std::string& text, const CaseText& parsed);

// What belongs beside a golden case: file name to content.
std::map<std::string, std::string> Stages(const Case& subject);

}  // namespace taster::judge
