// SPDX-License-Identifier: Apache-2.0
#include "probe/plan/name_servers.h"

#include <sstream>
#include <string>

#include "probe/plan/target_name.h"

namespace taster::plan {
namespace {

std::optional<dns::Name> Read(const std::string& text) {
  BadName why = BadName::kNone;
  return ReadTargetName(text, &why);
}

}  // namespace

std::optional<NameServersOf> ParseNameServers(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == text.npos) return std::nullopt;
  std::istringstream before{std::string(text.substr(0, colon))};
  std::string one;
  std::string another;
  if (!(before >> one) || before >> another) return std::nullopt;
  const auto target = Read(one);
  if (!target) return std::nullopt;
  NameServersOf read{*target, {}};
  std::istringstream words{std::string(text.substr(colon + 1))};
  for (std::string word; words >> word;) {
    const auto name = Read(word);
    if (!name || read.second.size() == kMaxNameServers) return std::nullopt;
    read.second.push_back(*name);
  }
  if (read.second.empty()) return std::nullopt;
  return read;
}

}  // namespace taster::plan
