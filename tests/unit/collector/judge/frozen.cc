// SPDX-License-Identifier: Apache-2.0
// Finds, renders and writes frozen files.
#include "tests/unit/collector/judge/frozen.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/unit/collector/judge/render.h"

namespace taster::judge {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> FilesBelow(const fs::path& top, const std::string& name) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(top)) {
    const bool wanted = name.empty() ? entry.path().extension() == ".txt"
                                     : entry.path().filename() == name;
    if (entry.is_regular_file() && wanted) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

std::string ReadText(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void WriteText(const fs::path& path, const std::string& text) {
  std::ofstream(path) << text;
}

std::vector<fs::path> GoldenCases() {
  return FilesBelow("tests/golden", "case.txt");
}

std::vector<fs::path> VectorCases() { return FilesBelow("tests/vectors", ""); }

std::string WithDump(const std::string& text, const CaseText& parsed) {
  std::istringstream lines(text);
  std::string author;
  std::string body;
  bool top = true;
  for (std::string line; std::getline(lines, line);) {
    top = top && line.starts_with('#');
    if (!top) {
      body += line + "\n";
    } else if (line.starts_with("## ")) {
      author += line + "\n";
    }
  }
  if (!body.starts_with('\n')) body = "\n" + body;
  return author + Dump(parsed) + body;
}

std::map<std::string, std::string> Stages(const Case& subject) {
  return {{"story.txt", RenderStory(subject)},
          {"observations.txt", RenderObservations(subject)},
          {"findings.txt", RenderFindings(subject)},
          {"verdict.txt", RenderVerdict(Judge(subject))}};
}

}  // namespace taster::judge
