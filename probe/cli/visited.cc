// SPDX-License-Identifier: Apache-2.0
#include "probe/cli/visited.h"

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string>

#include "probe/consent/state_file.h"

namespace taster::cli {
namespace {

using std::chrono::seconds;

// A line of an IPv6 address and ten digits has at most 57 characters.
constexpr std::size_t kMaxBytes = plan::CheckLedger::kMostAddresses * 64;

std::filesystem::path PathIn(const std::filesystem::path& state_dir) {
  return state_dir / "visited";
}

}  // namespace

Clocks Clocks::Now() {
  return {plan::Instant::clock::now(),
          std::chrono::floor<seconds>(std::chrono::system_clock::now())};
}

absl::Status SaveVisited(const std::filesystem::path& state_dir,
                         const plan::CheckLedger& ledger, const Clocks& now) {
  std::string text;
  for (const auto& [when, address] : ledger.tried()) {
    const auto ago = std::chrono::floor<seconds>(now.steady - when);
    text += std::to_string((now.wall - ago).time_since_epoch().count()) + " " +
            address.ToString() + "\n";
  }
  return consent::WriteStateFile(PathIn(state_dir), text);
}

absl::Status LoadVisited(const std::filesystem::path& state_dir,
                         const Clocks& now, plan::CheckLedger* ledger) {
  const auto path = PathIn(state_dir);
  const auto text = consent::ReadStateFile(path, kMaxBytes);
  if (absl::IsNotFound(text.status())) return absl::OkStatus();
  if (!text.ok()) return text.status();
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::int64_t when = 0;
    std::string word;
    words >> when >> word;
    const auto address = net::IpAddress::Parse(word);
    if (!address) {
      return absl::FailedPreconditionError(path.string() + " is damaged");
    }
    const auto ago = now.wall - std::chrono::sys_seconds(seconds(when));
    ledger->Take(*address, now.steady - std::max(ago, seconds(0)));
  }
  return absl::OkStatus();
}

}  // namespace taster::cli
