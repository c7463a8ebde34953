// SPDX-License-Identifier: Apache-2.0
// The edge between configuration and file system.
#include "probe/cli/config_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "probe/cli/terminal_text.h"
#include "probe/consent/state_file.h"
#include "probe/plan/companions.h"

namespace taster::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxBytes = (1 << 20) + 1;
constexpr std::size_t kMaxPathBytes = 4096;

absl::StatusOr<std::string> ReadAll(int fd, std::size_t max_bytes) {
  std::string content(max_bytes, '\0');
  std::size_t size = 0;
  while (size < content.size()) {
    const ssize_t got =
        ::read(fd, content.data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return absl::FailedPreconditionError("cannot be read");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  content.resize(size);
  return content;
}

Refusal BadConfig(const fs::path& path, const absl::Status& status) {
  const auto code =
      absl::IsPermissionDenied(status) ? kNotPermitted : kBadConfiguration;
  return {code, path.string() + ": " + std::string(status.message())};
}

bool Climbs(const fs::path& path) {
  return std::ranges::any_of(path,
                             [](const auto& part) { return part == ".."; });
}

absl::Status CheckStateDir(const Config& config) {
  auto status = consent::CheckStateDirectory(config.state_dir);
  if (status.ok() || absl::IsNotFound(status)) return absl::OkStatus();
  const auto line = config.lines.find("state_dir");
  const std::string at = line == config.lines.end()
                             ? ""
                             : "line " + std::to_string(line->second) + ": ";
  return absl::FailedPreconditionError(
      at + "state_dir: " + std::string(status.message()));
}

}  // namespace

absl::StatusOr<std::string> ReadPlainFile(const fs::path& path,
                                          std::size_t max_bytes) {
  const int fd =
      ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) {
    const std::string why = std::strerror(errno);
    if (errno == ENOENT) return absl::NotFoundError(why);
    return absl::FailedPreconditionError(errno == ELOOP ? "is a symbolic link"
                                                        : why);
  }
  struct stat info {};
  absl::StatusOr<std::string> content;
  if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
    content = absl::FailedPreconditionError("is not a regular file");
  } else if ((info.st_mode & S_IWOTH) != 0) {
    content = absl::FailedPreconditionError("is writable by everybody");
  } else {
    content = ReadAll(fd, max_bytes);
  }
  ::close(fd);
  return content;
}

fs::path FindConfig(const fs::path& given) {
  if (!given.empty()) return given;
  std::error_code error;
  const fs::path system = "/etc/taster/probe.toml";
  if (fs::exists(system, error)) return system;
  const char* home = std::getenv("HOME");
  if (!home) return {};
  const fs::path own = fs::path(home) / ".config/taster/probe.toml";
  return fs::exists(own, error) ? own : fs::path();
}

std::variant<Config, Refusal> LoadConfig(const fs::path& given) {
  if (given.native().size() > kMaxPathBytes || Climbs(given)) {
    return Refusal{kUsage, "--config: a path without \"..\" is needed"};
  }
  const fs::path path = FindConfig(given);
  if (path.empty()) {
    return Refusal{kBadConfiguration,
                   "no configuration: neither /etc/taster/probe.toml nor "
                   "~/.config/taster/probe.toml; see --config"};
  }
  const auto text = ReadPlainFile(path, kMaxBytes);
  if (!text.ok()) return BadConfig(path, text.status());
  auto config = ReadConfig(*text);
  if (!config.ok()) return BadConfig(path, config.status());
  auto status = CheckConfigPolicy(*config);
  if (status.ok()) status = CheckStateDir(*config);
  if (!status.ok()) return BadConfig(path, status);
  return *std::move(config);
}

std::variant<std::vector<dns::Name>, Refusal> LoadTargets(
    const Config& config) {
  const auto refuse = [&](const absl::Status& status) {
    return Refusal{kBadData, config.targets.string() + ": " +
                                 std::string(status.message())};
  };
  const auto text = ReadPlainFile(config.targets, plan::kMaxListBytes + 1);
  if (!text.ok()) return refuse(text.status());
  auto list = plan::ReadTargetList(*text);
  if (!list.ok()) return refuse(list.status());
  for (const auto& bad : list->bad) {
    std::fprintf(stderr, "taster-probe: %s: line %zu %s: left out\n",
                 Printable(config.targets.string()).c_str(), bad.line,
                 std::string(plan::Explain(bad.why)).c_str());
  }
  return plan::WithCompanions(config.plan, std::move(list->names));
}

}  // namespace taster::cli
