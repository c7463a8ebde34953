// SPDX-License-Identifier: Apache-2.0
#include "collector/store/embedded_postgres_layout.h"

#include <pwd.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace taster::store {
namespace {

namespace fs = std::filesystem;

constexpr char kDebianPrograms[] = "/usr/lib/postgresql/15/bin";
// sockaddr_un::sun_path, of which the last byte ends the string.
constexpr std::size_t kLongestSocketPath = sizeof(sockaddr_un::sun_path) - 1;

absl::StatusOr<std::string> UserName() {
  if (::geteuid() == 0) {
    return absl::FailedPreconditionError(
        "PostgreSQL refuses to run as root: start as an ordinary user");
  }
  const passwd* user = ::getpwuid(::geteuid());
  if (user == nullptr) {
    return absl::FailedPreconditionError(
        "user " + std::to_string(::geteuid()) +
        " has no name, by which PostgreSQL would know it: add it to "
        "/etc/passwd");
  }
  return std::string(user->pw_name);
}

absl::StatusOr<fs::path> FindPrograms(const fs::path& wanted) {
  const fs::path bin_dir = wanted.empty() ? fs::path(kDebianPrograms) : wanted;
  for (const char* program : {"initdb", "postgres"}) {
    if (::access((bin_dir / program).c_str(), X_OK) != 0) {
      return absl::FailedPreconditionError(
          "no " + (bin_dir / program).string() +
          ": apt install postgresql-15 postgresql-15-partman");
    }
  }
  return bin_dir;
}

// unix_socket_directories and libpq's host are lists in which such characters
// have a meaning.
absl::Status CheckSocketDir(const fs::path& socket_dir) {
  const std::string path = socket_dir.string();
  if (path.find_first_of(",\"'\\\n") != std::string::npos) {
    return absl::InvalidArgumentError(
        "the state directory's path may not hold a comma, a quote, a "
        "backslash or a line end: " +
        path);
  }
  const std::size_t length = (socket_dir / ".s.PGSQL.5432").string().size();
  if (length > kLongestSocketPath) {
    return absl::InvalidArgumentError(
        "the state directory's path is " +
        std::to_string(length - kLongestSocketPath) +
        " bytes too long for the address of a Unix socket: " + path);
  }
  return absl::OkStatus();
}

absl::Status MakePrivate(const fs::path& directory) {
  if (::mkdir(directory.c_str(), 0700) == 0 || errno == EEXIST) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError("make " + directory.string() + ": " +
                                       std::strerror(errno));
}

}  // namespace

absl::StatusOr<EmbeddedLayout> FindLayout(const EmbeddedOptions& options) {
  auto user = UserName();
  if (!user.ok()) return user.status();
  auto bin_dir = FindPrograms(options.bin_dir);
  if (!bin_dir.ok()) return bin_dir.status();

  std::error_code error;
  const fs::path state_dir =
      fs::absolute(options.state_dir, error).lexically_normal();
  if (error || options.state_dir.empty()) {
    return absl::InvalidArgumentError("no state directory");
  }
  EmbeddedLayout layout{
      .state_dir = state_dir,
      .data_dir = state_dir / "postgres",
      .new_data_dir =
          state_dir / ("postgres.new." + std::to_string(::getpid())),
      .socket_dir = state_dir / "run",
      .lock_file = state_dir / "postgres.lock",
      .log_file = state_dir / "postgres.log",
      .bin_dir = *std::move(bin_dir),
      .user = *std::move(user)};
  if (absl::Status status = CheckSocketDir(layout.socket_dir); !status.ok()) {
    return status;
  }
  return layout;
}

absl::Status PrepareDirectories(const EmbeddedLayout& layout) {
  std::error_code ignored;
  fs::create_directories(layout.state_dir.parent_path(), ignored);
  if (absl::Status status = MakePrivate(layout.state_dir); !status.ok()) {
    return status;
  }
  struct stat found {};
  if (::stat(layout.state_dir.c_str(), &found) != 0 ||
      !S_ISDIR(found.st_mode) || found.st_uid != ::geteuid()) {
    return absl::FailedPreconditionError(
        layout.state_dir.string() + " is not a directory of user " +
        layout.user + ": start as its owner, or name another directory");
  }
  // Who can write here can put another server in the socket's place.
  if ((found.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return absl::FailedPreconditionError(
        layout.state_dir.string() + " can be written by others: chmod go-w " +
        layout.state_dir.string());
  }
  return MakePrivate(layout.socket_dir);
}

std::string EmbeddedConnectionString(const EmbeddedLayout& layout,
                                     std::string_view database,
                                     std::string_view role) {
  const std::string user =
      role == "taster_owner" ? layout.user : std::string(role);
  return "host='" + layout.socket_dir.string() + "' port=5432 dbname='" +
         std::string(database) + "' user='" + user + "'";
}

}  // namespace taster::store
