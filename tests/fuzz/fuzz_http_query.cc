// SPDX-License-Identifier: Apache-2.0
// Any bytes as the target of a request: refused, or SQL that holds nothing of
// what was asked with.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "collector/serve/feed.h"
#include "collector/serve/page.h"
#include "collector/serve/query_string.h"
#include "collector/serve/select.h"
#include "collector/serve/site.h"
#include "tests/unit/collector/serve/sample_view.h"

namespace taster::serve {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckStatement(const Statement& statement) {
  // The only text in quotes stands for NULL in a key.
  Require(statement.sql.find_first_not_of(
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
              " \"$:,.()[]=<>&_'-") == std::string::npos);
  Require(statement.sql.find("--") == std::string::npos);
  Require(statement.sql.find(';') == std::string::npos);
  for (std::size_t i = 1; i <= statement.parameters.size(); ++i) {
    Require(statement.sql.find("$" + std::to_string(i) + "::") !=
            std::string::npos);
    Require(statement.parameters[i - 1].has_value());
    Require(statement.parameters[i - 1]->find('\0') == std::string::npos);
  }
  Require(statement.sql.find(
              "$" + std::to_string(statement.parameters.size() + 1) + "::") ==
          std::string::npos);
}

void CheckPath(const std::string& path) {
  Require(path.starts_with('/') && path.find("..") != 1);
  const std::string_view rest = std::string_view(path).substr(1);
  if (const auto page = ParsePageName(rest)) Require(page->Path() == rest);
  if (const auto feed = ParseFeedName(rest)) {
    Require(feed->Path() + (feed->is_atom ? ".atom" : ".json") == rest);
  }
  if (IsPageUrl(path)) Require(WayToRoot(path).ends_with('/'));
}

}  // namespace
}  // namespace taster::serve

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace taster::serve;  // NOLINT: the entry stands outside.
  static const View view = SampleView();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = ReadTarget(text);
  if (const auto* problem = std::get_if<Problem>(&read)) {
    Require(problem->status >= 400 && problem->status < 500);
    return 0;
  }
  const Target& target = std::get<Target>(read);
  CheckPath(target.path);
  const auto query = ReadViewQuery(view, target.parameters, "", {});
  if (const auto* problem = std::get_if<Problem>(&query)) {
    Require(problem->status >= 400 && problem->status < 500);
    return 0;
  }
  CheckStatement(BuildSelect(std::get<ViewQuery>(query)));
  return 0;
}
