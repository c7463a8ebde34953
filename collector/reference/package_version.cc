// SPDX-License-Identifier: Apache-2.0
// Reads package.json.
#include "collector/reference/package_version.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "collector/reference/day.h"
#include "collector/reference/file_bytes.h"
#include "collector/reference/plain_text.h"

namespace taster::reference {
namespace {

// Such as 2026-06-17 of "2.3.2026061719".
std::optional<std::chrono::sys_days> DayOf(std::string_view version) {
  const std::string_view last = version.substr(version.rfind('.') + 1);
  if (last.size() < 8 || last.size() > 10) return {};
  const std::string text(last);
  return ParseDay(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" +
                  text.substr(6, 2));
}

std::string TextIn(const nlohmann::json& package, const char* key) {
  const auto found = package.find(key);
  if (found == package.end() || !found->is_string()) return {};
  std::string text = found->get<std::string>();
  constexpr std::size_t kMostBytes = 200;
  if (text.size() > kMostBytes || !FaultOfText(text).empty()) return {};
  return text;
}

}  // namespace

std::optional<PackageVersion> ReadPackageVersion(
    const std::filesystem::path& directory) {
  const auto text = ReadFile(directory / "package.json");
  if (!text.ok()) return {};
  const auto package = nlohmann::json::parse(*text, nullptr, false);
  if (!package.is_object()) return {};
  PackageVersion found;
  found.name = TextIn(package, "name");
  found.version = TextIn(package, "version");
  if (found.name.empty() || found.version.empty()) return {};
  found.day = DayOf(found.version);
  return found;
}

}  // namespace taster::reference
