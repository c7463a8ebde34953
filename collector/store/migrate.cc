// SPDX-License-Identifier: Apache-2.0
#include "collector/store/migrate.h"

#include <libpq-fe.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/store/child_process.h"
#include "collector/store/migrate_plan.h"

namespace taster::store {
namespace {

// psql itself; the one in PATH is Debian's wrapper, which costs a Perl start
// for each change.
constexpr char kPostgresPrograms[] = "/usr/lib/postgresql/15/bin";

struct Difference {
  std::vector<PlannedChange> missing;  // Planned, not deployed.
  std::vector<PlannedChange> unknown;  // Deployed, not planned.
};

std::vector<PlannedChange> Without(std::vector<PlannedChange> from,
                                   const std::vector<PlannedChange>& taken) {
  std::erase_if(from, [&](const PlannedChange& change) {
    return std::find(taken.begin(), taken.end(), change) != taken.end();
  });
  return from;
}

absl::StatusOr<Difference> Compare(const std::filesystem::path& schema_dir,
                                   const std::string& connection) {
  const auto plan = ReadPlan(schema_dir);
  if (!plan.ok()) return plan.status();
  const auto deployed = ReadRegistry(connection, plan->project);
  if (!deployed.ok()) return deployed.status();
  return Difference{.missing = Without(plan->changes, *deployed),
                    .unknown = Without(*deployed, plan->changes)};
}

absl::Status RefuseUnknown(const Difference& difference) {
  if (difference.unknown.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "the database has schema change \"" + difference.unknown.front().name +
      "\" (" + difference.unknown.front().plan_time +
      ") that this program does not know: it was made by a newer version");
}

// sqitch and the psql that it starts connect by libpq's variables, so that no
// password stands in a process list.
absl::StatusOr<std::vector<std::string>> SqitchEnvironment(
    const std::string& connection) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(connection.c_str(), nullptr), PQconninfoFree);
  if (options == nullptr) {
    return absl::InvalidArgumentError("not a libpq connection string");
  }
  std::vector<std::string> environment =
      EnvironmentWithout({"PG", "SQITCH_", "PATH=", "LC_", "LANG="});
  for (const PQconninfoOption* option = options.get();
       option->keyword != nullptr; ++option) {
    if (option->val == nullptr || option->envvar == nullptr) continue;
    environment.push_back(std::string(option->envvar) + "=" + option->val);
  }
  const char* path = std::getenv("PATH");
  environment.push_back(std::string("PATH=") + kPostgresPrograms + ":" +
                        (path == nullptr ? "/usr/bin:/bin" : path));
  // Nothing of whoever happens to run it decides what is deployed.
  environment.insert(
      environment.end(),
      {"LC_ALL=C.UTF-8", "SQITCH_FULLNAME=Taster",
       "SQITCH_EMAIL=maintainers@taster.example",
       "SQITCH_SYSTEM_CONFIG=/dev/null", "SQITCH_USER_CONFIG=/dev/null"});
  return environment;
}

}  // namespace

absl::Status Migrate(const std::filesystem::path& schema_dir,
                     const std::string& owner_connection) {
  const auto difference = Compare(schema_dir, owner_connection);
  if (!difference.ok()) return difference.status();
  if (absl::Status status = RefuseUnknown(*difference); !status.ok()) {
    return status;
  }
  if (difference->missing.empty()) return absl::OkStatus();

  const auto environment = SqitchEnvironment(owner_connection);
  if (!environment.ok()) return environment.status();
  const auto sqitch = Run({"sqitch", "--chdir", schema_dir.string(), "deploy",
                           "--target", "db:pg:"},
                          *environment);
  if (absl::IsNotFound(sqitch.status())) {
    return absl::FailedPreconditionError(
        "sqitch is missing: apt install sqitch libdbd-pg-perl "
        "postgresql-client-15");
  }
  if (!sqitch.ok()) return sqitch.status();
  if (sqitch->exit_code != 0) {
    return absl::InternalError("sqitch deploy ended with status " +
                               std::to_string(sqitch->exit_code) + ":\n" +
                               LastLines(sqitch->output));
  }
  return CheckSchema(schema_dir, owner_connection);
}

absl::Status CheckSchema(const std::filesystem::path& schema_dir,
                         const std::string& connection) {
  const auto difference = Compare(schema_dir, connection);
  if (!difference.ok()) return difference.status();
  if (absl::Status status = RefuseUnknown(*difference); !status.ok()) {
    return status;
  }
  if (difference->missing.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "the database lacks schema change \"" + difference->missing.front().name +
      "\" (and " + std::to_string(difference->missing.size() - 1) +
      " more): run taster-collector migrate");
}

}  // namespace taster::store
