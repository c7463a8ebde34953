// SPDX-License-Identifier: Apache-2.0
#include <libpq-fe.h>

#include <memory>

#include "collector/store/migrate_plan.h"

namespace taster::store {
namespace {

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

constexpr char kHasRegistry[] =
    "SELECT to_regclass('sqitch.changes') IS NOT NULL";
constexpr char kDeployed[] =
    "SELECT change,"
    " to_char(planned_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    " FROM sqitch.changes WHERE project = $1";

absl::StatusOr<Result> Query(PGconn* connection, const char* sql,
                             const std::string* parameter) {
  const char* value = parameter == nullptr ? nullptr : parameter->c_str();
  Result result(PQexecParams(connection, sql, parameter == nullptr ? 0 : 1,
                             nullptr, &value, nullptr, nullptr, 0),
                PQclear);
  if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
    return absl::FailedPreconditionError(
        std::string("read sqitch's registry: ") +
        PQresultErrorMessage(result.get()));
  }
  return result;
}

}  // namespace

absl::StatusOr<std::vector<PlannedChange>> ReadRegistry(
    const std::string& connection, const std::string& project) {
  const Connection session(PQconnectdb(connection.c_str()), PQfinish);
  if (PQstatus(session.get()) != CONNECTION_OK) {
    return absl::UnavailableError(std::string("connect to the database: ") +
                                  PQerrorMessage(session.get()));
  }
  const auto has_registry = Query(session.get(), kHasRegistry, nullptr);
  if (!has_registry.ok()) return has_registry.status();
  std::vector<PlannedChange> changes;
  if (*PQgetvalue(has_registry->get(), 0, 0) != 't') return changes;

  const auto deployed = Query(session.get(), kDeployed, &project);
  if (!deployed.ok()) return deployed.status();
  for (int row = 0; row < PQntuples(deployed->get()); ++row) {
    changes.push_back({.name = PQgetvalue(deployed->get(), row, 0),
                       .plan_time = PQgetvalue(deployed->get(), row, 1)});
  }
  return changes;
}

}  // namespace taster::store
