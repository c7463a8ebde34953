// SPDX-License-Identifier: Apache-2.0
#include "collector/store/embedded_postgres_cluster.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "collector/store/child_process.h"

namespace taster::store {
namespace {

namespace fs = std::filesystem;

constexpr char kVersion[] = "15";

// What the operator may change in postgresql.conf; what must hold is given to
// the server on its command line.
constexpr char kConfiguration[] = R"(
# Chosen by taster-collector when it made this cluster.
shared_buffers = 128MB
max_wal_size = 1GB
max_connections = 40
# Growing tables have a partition for each day, and a query may touch all.
max_locks_per_transaction = 256
jit = off
timezone = 'UTC'
# Nothing replicates a private server; making a thousand small indexes then
# needs no sync of each. Raise it before pg_basebackup.
wal_level = minimal
max_wal_senders = 0
# An error shall not copy rows, statements or names into the log.
log_timezone = 'UTC'
log_error_verbosity = terse
log_min_error_statement = panic
log_checkpoints = off
)";

constexpr char kAccess[] =
    "# Over the Unix socket only, as whom the kernel says you are.\n"
    "local all all peer map=taster\n";

// A line of pg_ident.conf for each role that logs in.
std::vector<std::string> Identities(const std::string& user) {
  std::vector<std::string> lines;
  for (const std::string& role :
       {user, std::string("taster_ingest"), std::string("taster_judge"),
        std::string("taster_enroll"), std::string("taster_reader"),
        std::string("taster_analyst")}) {
    lines.push_back("taster \"" + user + "\" \"" + role + "\"");
  }
  return lines;
}

absl::Status Failed(const std::string& doing) {
  return absl::InternalError(doing + ": " + std::strerror(errno));
}

absl::Status Sync(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Failed("open " + path.string());
  const int result = ::fsync(descriptor);
  ::close(descriptor);
  return result == 0 ? absl::OkStatus() : Failed("sync " + path.string());
}

absl::Status Write(const fs::path& path, const std::string& text,
                   std::ios::openmode mode) {
  std::ofstream file(path, std::ios::binary | mode);
  file << text;
  file.close();
  if (!file) return Failed("write " + path.string());
  return Sync(path);
}

// Adds what is missing to the identities in `data`: an older cluster does not
// know the roles that came later.
absl::Status AdmitRoles(const EmbeddedLayout& layout, const fs::path& data) {
  std::set<std::string> known;
  std::ifstream file(data / "pg_ident.conf");
  for (std::string line; std::getline(file, line);) known.insert(line);
  std::string missing;
  for (const std::string& line : Identities(layout.user)) {
    if (!known.contains(line)) missing += line + "\n";
  }
  if (missing.empty()) return absl::OkStatus();
  return Write(data / "pg_ident.conf", missing, std::ios::app);
}

absl::Status Initialise(const EmbeddedLayout& layout) {
  auto environment = EnvironmentWithout({"PG", "LC_", "LANG="});
  environment.push_back("LC_ALL=C.UTF-8");
  const auto initdb =
      Run({(layout.bin_dir / "initdb").string(), "--pgdata",
           layout.new_data_dir.string(), "--username", layout.user, "--auth",
           "peer", "--encoding", "UTF8", "--locale", "C.UTF-8",
           "--data-checksums", "--no-instructions"},
          environment);
  if (!initdb.ok()) return initdb.status();
  if (initdb->exit_code != 0) {
    return absl::InternalError("initdb failed:\n" + LastLines(initdb->output));
  }
  return absl::OkStatus();
}

absl::Status Configure(const EmbeddedLayout& layout) {
  const fs::path& data = layout.new_data_dir;
  absl::Status status =
      Write(data / "postgresql.conf", kConfiguration, std::ios::app);
  if (status.ok()) {
    status = Write(data / "pg_hba.conf", kAccess, std::ios::trunc);
  }
  if (status.ok()) {
    status =
        Write(data / "pg_ident.conf",
              "# map, operating-system user, database role\n", std::ios::trunc);
  }
  if (status.ok()) status = AdmitRoles(layout, data);
  return status.ok() ? Sync(data) : status;
}

// What an initdb left that did not come to its end. One whose collector was
// killed may still be running: it has a directory of its own.
void RemoveHalfMade(const EmbeddedLayout& layout) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(layout.state_dir, ignored)) {
    if (entry.path().filename().string().rfind("postgres.new.", 0) == 0) {
      fs::remove_all(entry.path(), ignored);
    }
  }
}

absl::Status CheckVersion(const EmbeddedLayout& layout) {
  std::string version;
  std::ifstream(layout.data_dir / "PG_VERSION") >> version;
  if (version == kVersion) return absl::OkStatus();
  return absl::FailedPreconditionError(layout.data_dir.string() +
                                       " holds data of PostgreSQL \"" +
                                       version + "\", not of " + kVersion +
                                       ": move it away, or bring it over with "
                                       "pg_upgrade");
}

}  // namespace

absl::Status MakeCluster(const EmbeddedLayout& layout) {
  std::error_code error;
  if (fs::exists(layout.data_dir, error)) {
    absl::Status known = CheckVersion(layout);
    return known.ok() ? AdmitRoles(layout, layout.data_dir) : known;
  }

  RemoveHalfMade(layout);
  absl::Status status = Initialise(layout);
  if (status.ok()) status = Configure(layout);
  if (!status.ok()) return status;
  fs::rename(layout.new_data_dir, layout.data_dir, error);
  if (error) {
    return absl::InternalError("rename " + layout.new_data_dir.string() + ": " +
                               error.message());
  }
  return Sync(layout.state_dir);
}

}  // namespace taster::store
