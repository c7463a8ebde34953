// SPDX-License-Identifier: Apache-2.0
// libpq in text format: whatever a view shows passes through as it is.
#include "collector/store/pub_reader.h"

#include <libpq-fe.h>

#include "collector/store/sql_state.h"
#include "fmt/format.h"

namespace taster::store {
namespace {

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

// pg_type.dat: every parameter goes as text, also one that a statement does
// not mention.
constexpr Oid kTextOid = 25;

constexpr char kSettings[] =
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;"
    "SET search_path = pub; SET TimeZone = 'UTC'; SET DateStyle = 'ISO';"
    "SET IntervalStyle = 'iso_8601'; SET bytea_output = 'hex';"
    "SET client_encoding = 'UTF8'; SET extra_float_digits = 1; SET jit = off;"
    "SET statement_timeout = {}";

Result Own(PGresult* result) { return {result, &PQclear}; }

void IgnoreNotice(void*, const PGresult*) {}

std::vector<const char*> Pointers(const Parameters& parameters) {
  std::vector<const char*> values;
  values.reserve(parameters.size());
  for (const auto& parameter : parameters) {
    values.push_back(parameter ? parameter->c_str() : nullptr);
  }
  return values;
}

TextTable ToTable(const PGresult* result) {
  std::vector<TableColumn> columns;
  const int width = PQnfields(result);
  for (int i = 0; i < width; ++i) {
    columns.push_back({PQfname(result, i), ValueTypeOf(PQftype(result, i))});
  }
  TextTable table(std::move(columns));
  const int rows = PQntuples(result);
  for (int row = 0; row < rows; ++row) {
    for (int i = 0; i < width; ++i) {
      if (PQgetisnull(result, row, i) != 0) {
        table.Append(std::nullopt);
      } else {
        table.Append(std::string_view(
            PQgetvalue(result, row, i),
            static_cast<std::size_t>(PQgetlength(result, row, i))));
      }
    }
  }
  return table;
}

}  // namespace

absl::StatusOr<std::unique_ptr<PubReader>> PubReader::Open(
    const std::string& connection, std::chrono::milliseconds timeout) {
  const char* const keywords[] = {"fallback_application_name",
                                  "connect_timeout", "dbname", nullptr};
  const char* const values[] = {"taster-web", "3", connection.c_str(), nullptr};
  std::unique_ptr<PubReader> reader(
      new PubReader(PQconnectdbParams(keywords, values, /*expand_dbname=*/1)));
  if (reader->is_lost()) {
    return absl::UnavailableError(
        fmt::format("connect: {}", PQerrorMessage(reader->connection_)));
  }
  PQsetNoticeReceiver(reader->connection_, &IgnoreNotice, nullptr);
  const std::string settings =
      fmt::format(fmt::runtime(kSettings), timeout.count());
  if (absl::Status status = reader->Execute(settings.c_str()); !status.ok()) {
    return status;
  }
  return reader;
}

PubReader::~PubReader() { PQfinish(connection_); }

bool PubReader::is_lost() const {
  return PQstatus(connection_) != CONNECTION_OK;
}

absl::Status PubReader::Failure(const pg_result* result) const {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  if (state == nullptr || primary == nullptr) {
    return FromSqlState("", "read", PQerrorMessage(connection_));
  }
  if (std::string_view(state) == "57014") {  // query_canceled
    return absl::DeadlineExceededError("read: took longer than allowed");
  }
  return FromSqlState(state, "read", primary);
}

absl::Status PubReader::Execute(const char* sql) {
  const Result result = Own(PQexec(connection_, sql));
  if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) {
    return absl::OkStatus();
  }
  return Failure(result.get());
}

absl::StatusOr<TextTable> PubReader::Take(pg_result* owned) const {
  const Result result = Own(owned);
  if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
    return Failure(result.get());
  }
  return ToTable(result.get());
}

absl::StatusOr<TextTable> PubReader::Read(const std::string& sql,
                                          const Parameters& parameters) {
  const std::vector<Oid> types(parameters.size(), kTextOid);
  return Take(PQexecParams(connection_, sql.c_str(),
                           static_cast<int>(parameters.size()), types.data(),
                           Pointers(parameters).data(), nullptr, nullptr,
                           /*resultFormat=*/0));
}

absl::StatusOr<TextTable> PubReader::ReadAgain(const std::string& sql,
                                               const Parameters& parameters) {
  // The number of parameters is part of what was prepared.
  const std::string key = fmt::format("{}\n{}", parameters.size(), sql);
  auto found = prepared_.find(key);
  if (found == prepared_.end()) {
    const std::string name = fmt::format("pub{}", prepared_.size());
    const std::vector<Oid> types(parameters.size(), kTextOid);
    const Result result =
        Own(PQprepare(connection_, name.c_str(), sql.c_str(),
                      static_cast<int>(types.size()), types.data()));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
      return Failure(result.get());
    }
    found = prepared_.emplace(key, name).first;
  }
  return Take(PQexecPrepared(connection_, found->second.c_str(),
                             static_cast<int>(parameters.size()),
                             Pointers(parameters).data(), nullptr, nullptr,
                             /*resultFormat=*/0));
}

absl::Status PubReader::Snapshot(const std::function<absl::Status()>& work) {
  absl::Status status =
      Execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  if (!status.ok()) return status;
  status = work();
  const absl::Status ended = Execute("ROLLBACK");
  return status.ok() ? ended : status;
}

}  // namespace taster::store
