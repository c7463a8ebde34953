// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/canary_names.h"

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "proto/dns/name.h"

namespace taster::cli {
namespace {

// A list that long would eat the controls' time.
constexpr std::size_t kMostNames = 100;
constexpr std::size_t kMaxLineBytes = 4096;

absl::Status Malformed(const std::filesystem::path& path, std::size_t line,
                       const std::string& why) {
  return absl::InvalidArgumentError(path.string() + ":" + std::to_string(line) +
                                    ": " + why);
}

}  // namespace

absl::StatusOr<control::Canaries> ReadCanaryNames(
    const std::filesystem::path& path) {
  control::Canaries canaries;
  if (path.empty()) return canaries;
  std::ifstream file(path);
  if (!file) return absl::NotFoundError("cannot open " + path.string());
  std::string text;
  for (std::size_t line = 1; std::getline(file, text); ++line) {
    if (text.size() > kMaxLineBytes) return Malformed(path, line, "too long");
    std::istringstream words(text.substr(0, text.find('#')));
    std::string word;
    if (!(words >> word)) continue;
    const auto name = dns::Name::Parse(word);
    if (!name || name->is_root()) return Malformed(path, line, "not a name");
    std::vector<net::IpAddress> addresses;
    while (words >> word) {
      const auto address = net::IpAddress::Parse(word);
      if (!address) return Malformed(path, line, "not an address");
      addresses.push_back(*address);
    }
    if (addresses.empty()) return Malformed(path, line, "no address");
    if (!canaries.emplace(name->ToText(), std::move(addresses)).second) {
      return Malformed(path, line, "a name that stood before");
    }
    if (canaries.size() > kMostNames) {
      return Malformed(path, line, "more than 100 names");
    }
  }
  return canaries;
}

}  // namespace taster::cli
