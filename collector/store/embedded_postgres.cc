// SPDX-License-Identifier: Apache-2.0
#include "collector/store/embedded_postgres.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "collector/store/embedded_postgres_cluster.h"
#include "collector/store/embedded_postgres_layout.h"
#include "collector/store/embedded_postgres_supervisor.h"

namespace taster::store {
namespace {

constexpr char kDatabase[] = "taster";
constexpr char kHasDatabase[] =
    "SELECT count(*) FROM pg_database WHERE datname = 'taster'";
constexpr char kMakeDatabase[] = "CREATE DATABASE taster";

// Held by one process at a time and given back by the kernel when it dies.
class StateLock {
 public:
  static absl::StatusOr<StateLock> Take(const EmbeddedLayout& layout) {
    StateLock lock(::open(layout.lock_file.c_str(),
                          O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (lock.descriptor_ < 0) {
      return absl::FailedPreconditionError("open " + layout.lock_file.string() +
                                           ": " + std::strerror(errno));
    }
    if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
      return absl::FailedPreconditionError("another collector is running on " +
                                           layout.state_dir.string());
    }
    return lock;
  }

  StateLock(StateLock&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)) {}
  StateLock& operator=(StateLock&&) = delete;
  ~StateLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

 private:
  explicit StateLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

class Running final : public EmbeddedPostgres {
 public:
  Running(EmbeddedLayout layout, StateLock lock)
      : layout_(std::move(layout)),
        lock_(std::move(lock)),
        supervisor_(layout_) {}

  std::string Connection(std::string_view role) const override {
    return EmbeddedConnectionString(layout_, kDatabase, role);
  }
  int restarts() const override { return supervisor_.restarts(); }
  absl::Status first_start() { return supervisor_.first_start(); }

 private:
  const EmbeddedLayout layout_;
  const StateLock lock_;
  PostgresSupervisor supervisor_;  // Last: stops before the lock is given back.
};

using Session = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

// initdb makes the cluster; the database comes after the first start.
absl::Status MakeDatabase(const EmbeddedLayout& layout) {
  const Session session(
      PQconnectdb(
          EmbeddedConnectionString(layout, "postgres", layout.user).c_str()),
      PQfinish);
  const Result found(PQexec(session.get(), kHasDatabase), PQclear);
  if (PQresultStatus(found.get()) == PGRES_TUPLES_OK) {
    if (std::string_view(PQgetvalue(found.get(), 0, 0)) == "1") {
      return absl::OkStatus();
    }
    const Result made(PQexec(session.get(), kMakeDatabase), PQclear);
    if (PQresultStatus(made.get()) == PGRES_COMMAND_OK) {
      return absl::OkStatus();
    }
  }
  return absl::InternalError(std::string("make database taster: ") +
                             PQerrorMessage(session.get()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<EmbeddedPostgres>> EmbeddedPostgres::Start(
    const EmbeddedOptions& options) {
  const auto layout = FindLayout(options);
  if (!layout.ok()) return layout.status();
  absl::Status status = PrepareDirectories(*layout);
  if (!status.ok()) return status;
  auto lock = StateLock::Take(*layout);
  if (!lock.ok()) return lock.status();
  status = MakeCluster(*layout);
  if (!status.ok()) return status;

  auto running = std::make_unique<Running>(*layout, *std::move(lock));
  status = running->first_start();
  if (status.ok()) status = MakeDatabase(*layout);
  if (!status.ok()) return status;
  return running;
}

absl::StatusOr<std::string> EmbeddedConnection(
    const std::filesystem::path& state_dir, std::string_view role) {
  const auto layout = FindLayout({.state_dir = state_dir, .bin_dir = {}});
  if (!layout.ok()) return layout.status();
  const std::string anybody =
      EmbeddedConnectionString(*layout, "postgres", layout->user) +
      " connect_timeout=5";
  if (PQping(anybody.c_str()) != PQPING_OK) {
    return absl::NotFoundError("no collector is running on " +
                               layout->state_dir.string());
  }
  return EmbeddedConnectionString(*layout, kDatabase, role);
}

}  // namespace taster::store
