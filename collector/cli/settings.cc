// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/settings.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "collector/store/connection_string.h"
#include "collector/store/embedded_postgres.h"

namespace taster::cli {
namespace {

namespace fs = std::filesystem;

constexpr char kServiceUser[] = "taster";
constexpr char kServiceStateDir[] = "/var/lib/taster";
constexpr char kInstalledSchemaDir[] = "/usr/share/taster/schema";

struct Account {
  uid_t uid = 0;
  gid_t gid = 0;
  std::string name;
  std::string home;
};

absl::StatusOr<Account> FindAccount(const std::string& name) {
  const passwd* entry = ::getpwnam(name.c_str());
  if (entry == nullptr) {
    return absl::FailedPreconditionError(
        "user " + name + " does not exist; make it with `useradd --system " +
        name + "` or name another one with --user");
  }
  return Account{entry->pw_uid, entry->pw_gid, entry->pw_name, entry->pw_dir};
}

// The owner of an existing state directory; else the user asked for.
absl::StatusOr<Account> WhoToBecome(const Settings& settings) {
  struct stat info {};
  if (settings.user.empty() && ::stat(settings.state_dir.c_str(), &info) == 0 &&
      info.st_uid != 0) {
    const passwd* entry = ::getpwuid(info.st_uid);
    const std::string name = entry == nullptr ? "" : entry->pw_name;
    return Account{info.st_uid, info.st_gid, name, settings.state_dir.string()};
  }
  auto account =
      FindAccount(settings.user.empty() ? kServiceUser : settings.user);
  if (account.ok() && account->uid == 0) {
    return absl::PermissionDeniedError(
        "--user: PostgreSQL refuses to run as root; name another user");
  }
  return account;
}

absl::Status Errno(const std::string& what) {
  return absl::PermissionDeniedError(what + ": " + std::strerror(errno));
}

}  // namespace

fs::path DefaultStateDir() {
  const passwd* self = ::getpwuid(::geteuid());
  if (::geteuid() == 0 ||
      (self != nullptr && std::strcmp(self->pw_name, kServiceUser) == 0)) {
    return kServiceStateDir;
  }
  const char* home = std::getenv("HOME");
  return fs::path(home == nullptr ? "/tmp" : home) / ".local/state/taster";
}

fs::path DefaultSchemaDir() {
  if (fs::exists(kInstalledSchemaDir)) return kInstalledSchemaDir;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  // build/<preset>/taster-collector
  return program.parent_path().parent_path().parent_path() / "schema";
}

absl::Status DropRoot(const Settings& settings) {
  if (::geteuid() != 0) return absl::OkStatus();
  const auto account = WhoToBecome(settings);
  if (!account.ok()) return account.status();

  std::error_code error;
  if (!fs::exists(settings.state_dir)) {
    fs::create_directories(settings.state_dir.parent_path(), error);
    if (::mkdir(settings.state_dir.c_str(), 0700) != 0 ||
        ::chown(settings.state_dir.c_str(), account->uid, account->gid) != 0) {
      return Errno("make " + settings.state_dir.string());
    }
  }
  if (::setgroups(1, &account->gid) != 0 || ::setgid(account->gid) != 0 ||
      ::setuid(account->uid) != 0) {
    return Errno("become user " + account->name);
  }
  // Whatever we start must not look into root's home.
  ::setenv("HOME", settings.state_dir.c_str(), 1);
  ::setenv("USER", account->name.c_str(), 1);
  ::setenv("LOGNAME", account->name.c_str(), 1);
  fs::current_path(settings.state_dir, error);
  return absl::OkStatus();
}

absl::StatusOr<std::string> ConnectionFor(const Settings& settings,
                                          std::string_view role) {
  if (!settings.database.empty()) {
    return store::WithRole(settings.database, role);
  }
  return store::EmbeddedConnection(settings.state_dir, role);
}

}  // namespace taster::cli
